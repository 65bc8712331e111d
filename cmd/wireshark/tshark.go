package main

import (
	"fmt"
	"os/exec"
	"strings"
)

// message is one SIP message as both sides know it.
type message struct {
	at     string // seconds since 1970; "" over a stream, whose segments have other times
	start  string // method or status
	cseq   string
	callID string
	again  bool
}

// fields are asked for, in this order.
var fields = []string{
	"frame.number", "frame.time_epoch", "sip.Method", "sip.Status-Code", "sip.CSeq.seq", "sip.Call-ID", "sip.resend",
	"_ws.malformed", "ip.checksum.status", "udp.checksum.status", "tcp.checksum.status", "tcp.stream",
}

// dissect opens a capture with tshark. It fails for a malformed packet or a
// checksum that is not good.
func dissect(file string) ([]message, error) {
	args := []string{
		"-n", "-r", file, "-T", "fields", "-E", "separator=|", "-E", "aggregator=;",
		"-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
	}
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	out, err := exec.Command("tshark", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("tshark: %w", err)
	}
	var list []message
	for line := range strings.Lines(string(out)) {
		found, err := packet(strings.Split(strings.TrimRight(line, "\n"), "|"))
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// good is what tshark calls a right checksum.
const good = "1"

// packet reads one line: the messages that end in a packet.
func packet(f []string) (list []message, err error) {
	if len(f) != len(fields) {
		return nil, fmt.Errorf("tshark gives %d fields of %d: %q", len(f), len(fields), f)
	}
	if f[7] != "" {
		return nil, fmt.Errorf("packet %s is malformed", f[0])
	}
	for _, status := range strings.Split(strings.Join(f[8:11], ";"), ";") {
		if status != "" && status != good {
			return nil, fmt.Errorf("packet %s has a wrong checksum: %q", f[0], f[8:11])
		}
	}
	if f[4] == "" {
		return nil, nil // no SIP
	}
	starts := f[2] // of requests; a response has its status instead
	if f[3] != "" {
		starts = f[3]
	}
	start, cseq, id, again := strings.Split(starts, ";"), strings.Split(f[4], ";"), strings.Split(f[5], ";"), strings.Split(f[6], ";")
	if len(start) != len(cseq) || len(id) != len(cseq) || len(again) != len(cseq) {
		return nil, fmt.Errorf("packet %s: tshark gives a request and a response in one: %q", f[0], f)
	}
	for i := range cseq {
		m := message{at: f[1], start: start[i], cseq: cseq[i], callID: id[i], again: again[i] == "1"}
		if f[11] != "" {
			m.at = ""
		}
		list = append(list, m)
	}
	return list, nil
}
