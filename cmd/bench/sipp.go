package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"
)

const (
	sippRound = 8000 // calls
	sippRate  = 8000 // a second: where SIPp uses least for a call, since it polls when it is idle
	sippOpen  = 100  // calls at a time: more would overflow the sockets where a neighbour is busy
)

// sipp calls itself with a script for each end.
type sipp struct{ dir, uac, uas string }

func newSIPp(dir string) (s sipp, err error) {
	s.dir = dir
	if s.uac, err = unpack(dir, "uac.xml"); err != nil {
		return s, err
	}
	s.uas, err = unpack(dir, "uas.xml")
	return s, err
}

// measure adds up what both processes use for a call.
func (s sipp) measure() (figure, error) {
	port, err := freePort()
	if err != nil {
		return figure{}, err
	}
	var said bytes.Buffer
	callee := s.command(s.uas, "-p", port, "-m", strconv.Itoa(sippRound))
	callee.Stderr = &said
	if err := callee.Start(); err != nil {
		return figure{}, err
	}
	defer callee.Process.Kill() // where it has ended, this does nothing
	time.Sleep(200 * time.Millisecond)
	at := "127.0.0.1:" + port
	calling, err := whole(s.command(s.uac, "-r", strconv.Itoa(sippRate), "-m", strconv.Itoa(sippRound), at))
	if err != nil {
		return figure{}, err
	}
	if err := callee.Wait(); err != nil {
		return figure{}, fmt.Errorf("the callee: %w\n%s", err, said.Bytes())
	}
	return figure{cpu: (calling.cpu + used(callee)) / sippRound, wall: calling.wall / sippRound}, nil
}

func (s sipp) command(script string, args ...string) *exec.Cmd {
	c := exec.Command("sipp", append([]string{
		"-sf", script, "-i", "127.0.0.1", "-buff_size", "2097152", "-nostdin", "-l", strconv.Itoa(sippOpen),
	}, args...)...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "TERM=dumb")
	return c
}

// freePort is one that nobody uses now.
func freePort() (string, error) {
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer socket.Close()
	return strconv.Itoa(socket.LocalAddr().(*net.UDPAddr).Port), nil
}
