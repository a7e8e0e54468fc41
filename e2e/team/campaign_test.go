package team

import (
	"flag"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/launch/process"
)

// campaignFlags are what the campaign is given; the default is over in some two minutes.
var campaignFlags = flag.String("campaign", "-short -cases 8 -groups 0 -only events -rate 0.25 -life 4s -storm 15s -outage 5s -limit 8m",
	"the flags of the campaign on PostgreSQL, as those of e2e/campaign")

// order is one thing that the campaign asks to be killed.
type order struct {
	what string
	done chan struct{}
}

// The campaign of e2e/campaign at Temporal's own server on PostgreSQL: its services refuse, cut off and lie, its workers
// are killed, and here the database and the server beside them. It ends with 1 if a mail is lost or doubled, an act is
// missing or there twice, or a case does not stand where it should.
func TestTheCampaignOnPostgreSQL(t *testing.T) {
	team(t)
	h := newHost(t, newKey(t), "")
	step(t, "set up", h.setUp)
	program := filepath.Join(programs, "campaign")
	run(t, exec.Command("go", "build", "-o", program, "holdthering/e2e/campaign"))
	orders := make(chan order)
	keeper := h.keeper(orders)
	args := append([]string{"-worker", filepath.Join(programs, "worker"), "-server", h.address(), "-keeper", keeper, "-namespace", namespace},
		strings.Fields(*campaignFlags)...)
	t.Log("campaign " + strings.Join(args, " "))
	began := time.Now()
	campaign, err := process.Start(process.Spec{Path: program, Args: args, Env: os.Environ(), LogFile: h.path("campaign.log")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(campaign.Kill)
	killed := h.killing(orders, campaign.Ended())
	t.Logf("%s; killed: %v\n%s", time.Since(began).Round(time.Second), killed, campaign.Printed())
	if said := campaign.Printed(); !strings.Contains(said, "cases finished right") || strings.Contains(said, "campaign: ") {
		t.Error("the campaign did not end as it should")
	}
	if killed["database"] == 0 || killed["server"] == 0 {
		t.Errorf("too little was killed: %v", killed)
	}
}

// keeper is where the campaign asks: POST /database, POST /server.
func (h *host) keeper(orders chan<- order) (url string) {
	h.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	ask := func(w http.ResponseWriter, q *http.Request) {
		o := order{q.PathValue("what"), make(chan struct{})}
		select {
		case orders <- o:
		case <-q.Context().Done():
			return
		}
		select {
		case <-o.done:
			w.WriteHeader(http.StatusNoContent)
		case <-q.Context().Done():
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{what}", ask)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }() // its end is ours
	h.Cleanup(func() { _ = server.Close() })
	return "http://" + l.Addr().String()
}

// killing kills what it is asked to, and has it serve again, until ended is closed; it counts.
func (h *host) killing(orders <-chan order, ended <-chan struct{}) map[string]int {
	h.Helper()
	killed := map[string]int{}
	for {
		var o order
		select {
		case <-ended:
			return killed
		case o = <-orders:
		}
		killed[o.what]++
		switch o.what {
		case "database":
			h.database.kill()
			time.Sleep(1500 * time.Millisecond)
			h.database.start()
		default:
			h.server.Kill()
			time.Sleep(500 * time.Millisecond)
			h.startTemporal()
		}
		close(o.done)
	}
}
