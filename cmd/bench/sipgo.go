package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	theirs "github.com/emiago/sipgo/sip"
)

const (
	sipgoAtOnce = 8
	sipgoRound  = 1000 // calls
)

const offer = "v=0\r\no=user1 53655765 2353687637 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"

// sipgoCalls measures calls between a client and a server of sipgo over
// loopback. Both are made anew: a round inherits no timers.
func sipgoCalls() (f figure, err error) {
	theirs.SetDefaultLogger(slog.New(slog.DiscardHandler))
	callee, err := newCallee()
	if err != nil {
		return f, err
	}
	defer callee.ua.Close()
	caller, err := newCaller()
	if err != nil {
		return f, err
	}
	defer caller.ua.Close()
	if err := caller.call(callee.at); err != nil { // the first one opens the sockets
		return f, err
	}
	return here(sipgoRound, func() error {
		faults := make([]error, sipgoAtOnce)
		var done sync.WaitGroup
		for i := range faults {
			done.Go(func() {
				for range sipgoRound / sipgoAtOnce {
					if faults[i] = caller.call(callee.at); faults[i] != nil {
						return
					}
				}
			})
		}
		done.Wait()
		return errors.Join(faults...)
	})
}

// callee answers each call with 100, 180 and 200.
type callee struct {
	ua *sipgo.UserAgent
	at theirs.Uri
}

func newCallee() (*callee, error) {
	ua, err := sipgo.NewUA()
	if err != nil {
		return nil, err
	}
	server, err := sipgo.NewServer(ua)
	if err != nil {
		return nil, err
	}
	client, err := sipgo.NewClient(ua)
	if err != nil {
		return nil, err
	}
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	at := theirs.Uri{Scheme: "sip", User: "bob", Host: "127.0.0.1", Port: socket.LocalAddr().(*net.UDPAddr).Port}
	dialogs := sipgo.NewDialogServerCache(client, theirs.ContactHeader{Address: at})
	server.OnInvite(func(req *theirs.Request, tx theirs.ServerTransaction) {
		d, err := dialogs.ReadInvite(req, tx)
		if err != nil {
			return // the caller hears nothing, and its call fails
		}
		if d.Respond(100, "Trying", nil) == nil && d.Respond(180, "Ringing", nil) == nil {
			d.RespondSDP([]byte(offer))
		}
	})
	server.OnAck(func(req *theirs.Request, tx theirs.ServerTransaction) { dialogs.ReadAck(req, tx) })
	server.OnBye(func(req *theirs.Request, tx theirs.ServerTransaction) { dialogs.ReadBye(req, tx) })
	go server.ServeUDP(socket)
	return &callee{ua, at}, nil
}

type caller struct {
	ua      *sipgo.UserAgent
	dialogs *sipgo.DialogClientCache
}

func newCaller() (*caller, error) {
	ua, err := sipgo.NewUA()
	if err != nil {
		return nil, err
	}
	client, err := sipgo.NewClient(ua, sipgo.WithClientHostname("127.0.0.1"))
	if err != nil {
		return nil, err
	}
	contact := theirs.ContactHeader{Address: theirs.Uri{Scheme: "sip", User: "alice", Host: "127.0.0.1"}}
	return &caller{ua, sipgo.NewDialogClientCache(client, contact)}, nil
}

func (c *caller) call(to theirs.Uri) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	d, err := c.dialogs.Invite(ctx, to, []byte(offer), theirs.NewHeader("Content-Type", "application/sdp"))
	if err != nil {
		return fmt.Errorf("INVITE: %w", err)
	}
	defer d.Close()
	if err := d.WaitAnswer(ctx, sipgo.AnswerOptions{}); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if err := d.Ack(ctx); err != nil {
		return fmt.Errorf("ACK: %w", err)
	}
	if err := d.Bye(ctx); err != nil {
		return fmt.Errorf("BYE: %w", err)
	}
	return nil
}
