package server

import (
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// program is an executable that understands "server start-dev".
type program struct {
	path string
	// release is the server's major.minor in an installed Temporal CLI, "" for our own build.
	release string
}

// choose prefers our own build where it is built already, then an installed Temporal CLI that can
// do what is asked, which saves the build, then our own after all.
func choose(ctx context.Context, opts Options) (program, error) {
	root, err := Root()
	if err != nil {
		return program{}, err
	}
	binary, err := embedded.cached(filepath.Join(root, "devserver"))
	if err != nil {
		return program{}, err
	}
	if !exists(binary) && opts.installedWillDo() {
		if installed, ok := findInstalled(ctx); ok {
			return installed, nil
		}
	}
	binary, err = Ensure(ctx, opts.Progress)
	return program{path: binary}, err
}

// installedWillDo is whether time skipping is the same for every namespace: the Temporal CLI can
// allow it for all namespaces or for none.
func (o Options) installedWillDo() bool {
	return len(o.TimeSkipping) == 0 || len(o.TimeSkipping) == len(o.Namespaces)
}

// serverVersion finds the server's in "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)".
var serverVersion = regexp.MustCompile(`\(Server (\d+)\.(\d+)\.`)

// findInstalled takes a `temporal` on PATH when its server is 1.32 or later, the first with time
// skipping.
func findInstalled(ctx context.Context) (program, bool) {
	path, err := exec.LookPath("temporal")
	if err != nil {
		return program{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return program{}, false
	}
	match := serverVersion.FindStringSubmatch(string(out))
	if match == nil || !atLeast132(match[1], match[2]) {
		return program{}, false
	}
	return program{path: path, release: match[1] + "." + match[2]}, true
}

func atLeast132(major, minor string) bool {
	ma, errMajor := strconv.Atoi(major)
	mi, errMinor := strconv.Atoi(minor)
	return errMajor == nil && errMinor == nil && (ma > 1 || ma == 1 && mi >= 32)
}

func (p program) arguments(opts Options) []string {
	args := []string{"server", "start-dev", "--ip", loopback,
		"--port", strconv.Itoa(opts.Port), "--ui-port", strconv.Itoa(opts.UIPort),
		"--log-level", "error"}
	if file := p.database(opts.DBFile); file != "" {
		args = append(args, "--db-filename", file)
	}
	if opts.CodecEndpoint != "" {
		args = append(args, "--ui-codec-endpoint", opts.CodecEndpoint)
	}
	for _, name := range opts.Namespaces {
		args = append(args, "--namespace", name)
	}
	if p.release != "" {
		args = append(args, "--headless") // its UI has write actions and answers any host
		return append(args, dynamicConfig(append(installedSettings(opts), opts.Settings...))...)
	}
	for _, name := range opts.TimeSkipping {
		args = append(args, "--time-skipping", name)
	}
	for _, v := range opts.Views {
		args = append(args, "--ui-view", v.JSON())
	}
	return append(args, dynamicConfig(opts.Settings)...)
}

func dynamicConfig(settings []string) []string {
	var args []string
	for _, setting := range settings {
		args = append(args, "--dynamic-config-value", setting)
	}
	return args
}

// database gives each release of an installed server a file of its own, as none of them migrates
// or checks the file that another one made.
func (p program) database(file string) string {
	if file == "" || p.release == "" {
		return file
	}
	extension := filepath.Ext(file)
	return strings.TrimSuffix(file, extension) + "-cli-" + p.release + extension
}

// installedSettings gives an installed server the settings that our own has built in.
func installedSettings(opts Options) []string {
	settings := []string{
		"system.forceSearchAttributesCacheRefreshOnRead=true",
		"history.maxInFlightUpdates=200",
	}
	if len(opts.TimeSkipping) > 0 {
		settings = append(settings,
			"frontend.WorkflowTimeSkippingEnabled=true",
			"system.workflowTimeSkippingEnabled=true",
			`history.workflowIdReuseMinimalInterval="0s"`,
			`history.timerProcessorMaxTimeShift="10ms"`,
			"history.timerProcessorMaxPollRPS=1000")
	}
	return settings
}
