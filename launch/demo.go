package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"holdthering/launch/server"
)

// demo plays the scenario on a server that runs already, or on one of its own, with a worker that
// lasts as long as the play.
func demo(ctx context.Context, s site) error {
	at, found := serving(ctx)
	if found {
		say("Using the server at %s.", at.address)
		return playWithWorker(ctx, s, at)
	}
	if err := s.key(); err != nil {
		return err
	}
	running, err := start(ctx, s)
	if err != nil {
		return err
	}
	defer running.Stop()
	say("The Temporal UI shows the case as it goes: %s", casesAt(running.UIAddress()))
	err = playWithWorker(ctx, s, local(running.Address()))
	if running.DBFile() == s.options().DBFile {
		say("\nThis server stops now. `make dev` starts it again and shows the case at %s",
			casesAt("http://"+server.Local(defaultUIPort)))
	}
	return err
}

// casesAt is the page of the demonstration's cases in a UI.
func casesAt(ui string) string { return ui + "/namespaces/" + demonstration + "/workflows" }

// serving finds a server that has the demonstration's namespace.
func serving(ctx context.Context) (at target, ok bool) {
	at, ok = given()
	if !ok {
		return usual(), server.Answers(ctx, usual().address, demonstration) == nil
	}
	if err := server.Reachable(ctx, demonstration); err != nil {
		say("The server at TEMPORAL_ADDRESS=%s does not serve the namespace %q (%v).",
			at.address, demonstration, err)
		return target{}, false
	}
	return at, true
}

// start runs the embedded server at the usual ports or, where they are taken, at free ones.
func start(ctx context.Context, s site) (*server.Server, error) {
	running, err := server.Start(ctx, s.options())
	if !errors.Is(err, server.ErrPortTaken) {
		return running, err
	}
	opts := s.options()
	opts.Port, opts.UIPort = 0, 0
	return server.Start(ctx, opts)
}

// demoDesk is where the desk of the demonstrations listens.
const demoDesk = "127.0.0.1:8236"

// playWithWorker plays with a worker that serves members' pages, and then has whoever sits at the terminal
// answer on one.
func playWithWorker(ctx context.Context, s site, at target) error {
	spec, err := s.worker(at, demonstration)
	if err != nil {
		return err
	}
	d, err := openDoor()
	if err != nil {
		return err
	}
	defer d.close()
	env, err := d.env(s)
	if err != nil {
		return err
	}
	spec.Env = append(spec.Env, env...)
	workerCtx, stop := context.WithCancel(ctx)
	crew := muster(workerCtx, []hand{{demonstration, spec}})
	defer crew.Wait()
	defer stop()
	deskAt := ""
	if attended() { // else nobody opens it
		var closed func()
		deskAt, closed = s.openDesk(workerCtx, at, demonstration, demoDesk, "")
		defer closed()
		defer stop()
	}
	if err := play(s, at, deskAt); err != nil {
		return err
	}
	return invite(ctx, s, at, d)
}

// play gives the scenario the terminal; it hears Ctrl-C itself. It says where the desk shows the case, if one is open.
func play(s site, at target, deskAt string) error {
	path, err := s.program("starter")
	if err != nil {
		return err
	}
	words := []string{"play", filepath.Join("scenarios", "kings-lynn.txt"), "--pages"}
	if deskAt != "" {
		words = append(words, "--desk", deskAt)
	}
	cmd := exec.Command(path, words...)
	cmd.Dir = s.root
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = s.env(at, demonstration)
	return cmd.Run()
}
