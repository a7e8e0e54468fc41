package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
)

// options is what the command line asks for.
type options struct {
	ip, dbFile          string
	codecEndpoint       string // where the UI has payloads decoded; empty: nowhere
	port, uiPort        int
	headless            bool
	logLevel, logFormat string
	namespaces          []string
	timeSkipping        []string
	searchAttributes    map[string]enumspb.IndexedValueType
	dynamicConfig       map[string]any
	views               []view
}

// uiPortOffset is where the UI listens, from the server's port, when no --ui-port is given: the
// customary 8233 beside 7233.
const uiPortOffset = 1000

func parse(args []string, out io.Writer) (options, error) {
	opts := options{
		searchAttributes: map[string]enumspb.IndexedValueType{},
		dynamicConfig:    map[string]any{},
	}
	if len(args) < 2 || args[0] != "server" || args[1] != "start-dev" {
		return opts, errors.New(`the command is "server start-dev", followed by flags`)
	}
	flags := opts.flagSet(out)
	if err := flags.Parse(args[2:]); err != nil {
		return opts, err
	}
	if flags.NArg() > 0 {
		return opts, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return opts, opts.complete()
}

func (o *options) flagSet(out io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet("devserver server start-dev", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.ip, "ip", "127.0.0.1", "loopback address to listen on")
	flags.IntVar(&o.port, "port", 7233, "port of the server (gRPC)")
	flags.IntVar(&o.uiPort, "ui-port", 0, "port of the UI (default: the server's port + 1000)")
	flags.StringVar(&o.codecEndpoint, "ui-codec-endpoint", "", "URL at which the UI has payloads decoded")
	flags.BoolVar(&o.headless, "headless", false, "run without the UI")
	flags.StringVar(&o.dbFile, "db-filename", "", "SQLite file (default: memory, lost at the end)")
	flags.StringVar(&o.logLevel, "log-level", "warn", "debug, info, warn, error or never")
	flags.StringVar(&o.logFormat, "log-format", "text", "text or json")
	flags.Func("namespace", "namespace to create when missing; repeatable", add(&o.namespaces))
	flags.Func("time-skipping", "namespace whose workflows may skip time; repeatable",
		add(&o.timeSkipping))
	flags.Func("search-attribute", "NAME=TYPE, for each namespace; repeatable", o.searchAttribute)
	flags.Func("ui-view", "a list with its query and columns, as JSON; repeatable", o.view)
	flags.Func("dynamic-config-value", "KEY=JSON; repeatable", o.dynamicConfigValue)
	return flags
}

func (o *options) complete() error {
	if ip := net.ParseIP(o.ip); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("--ip %s: this server has no authentication and serves only on loopback", o.ip)
	}
	if len(o.namespaces) == 0 {
		o.namespaces = []string{"default"}
	}
	if o.uiPort == 0 {
		o.uiPort = o.port + uiPortOffset
	}
	return nil
}

func add(list *[]string) func(string) error {
	return func(name string) error {
		if name == "" {
			return errors.New("a name must not be empty")
		}
		*list = append(*list, name)
		return nil
	}
}

func (o *options) searchAttribute(pair string) error {
	name, kind, ok := strings.Cut(pair, "=")
	if !ok || name == "" {
		return errors.New("want NAME=TYPE")
	}
	valueType, err := enumspb.IndexedValueTypeFromString(kind)
	if err != nil {
		return err
	}
	o.searchAttributes[name] = valueType
	return nil
}

func (o *options) dynamicConfigValue(pair string) error {
	key, value, ok := strings.Cut(pair, "=")
	if !ok || key == "" {
		return errors.New("want KEY=JSON")
	}
	var decoded any
	if err := json.Unmarshal([]byte(value), &decoded); err != nil {
		return fmt.Errorf("value of %s: %w", key, err)
	}
	o.dynamicConfig[key] = decoded
	return nil
}
