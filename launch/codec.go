package main

import (
	"fmt"

	"holdthering/environ"
	"holdthering/launch/server"
	"holdthering/loopback"
	"holdthering/seal"
)

// codec opens payloads for the developer's own UI, which else shows them as they are in the store.
type codec struct {
	server   *loopback.Server // nil where there is none
	endpoint string
}

// openCodec serves on this machine alone, for pages of the UI at that port. A port that is taken
// costs the reading and nothing else.
func openCodec(port, uiPort int) (codec, error) {
	keys, err := seal.FromEnv(environ.Get)
	if err != nil || len(keys) == 0 { // nothing is sealed
		return codec{}, err
	}
	origins := []string{"http://" + server.Local(uiPort), fmt.Sprintf("http://localhost:%d", uiPort)}
	token := seal.NewToken()
	s, err := loopback.Listen(server.Local(port), seal.Behind(token, seal.Handler(keys, origins...)))
	if err != nil {
		say("The UI will show cases as they are stored, sealed: %v.", err)
		return codec{}, nil
	}
	return codec{s, "http://" + s.Address() + "/" + token}, nil
}

// tellHow says how the UI comes to read cases. It is not told by the server: what that tells its pages,
// and how it was started, everybody on this machine can read.
func (c codec) tellHow() {
	if c.endpoint != "" {
		say("  Cases in the UI show as they are stored, sealed. To read them there, open its codec settings (the\n"+
			"  glasses, top right), and give this address, which holds until this ends and is for you alone:\n"+
			"  %s\n", c.endpoint)
	}
}

func (c codec) close() {
	if c.server != nil {
		_ = c.server.Close() // what is in hand is a page that nobody looks at any more
	}
}
