package main

import (
	"database/sql"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
)

func parsed(t *testing.T, line string) options {
	t.Helper()
	opts, err := parse(strings.Fields(line), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return opts
}

func TestTheFlagsOfTheSDKsTestSuiteAreUnderstood(t *testing.T) {
	opts := parsed(t, "server start-dev --ip 127.0.0.1 --port 7300 --namespace default "+
		"--dynamic-config-value frontend.enableServerVersionCheck=false --log-level warn "+
		"--log-format json --headless --db-filename x.db --ui-port 8300 --search-attribute Stage=Keyword")
	if opts.port != 7300 || opts.uiPort != 8300 || !opts.headless || opts.dbFile != "x.db" {
		t.Errorf("%+v", opts)
	}
	if opts.searchAttributes["Stage"] != enumspb.INDEXED_VALUE_TYPE_KEYWORD {
		t.Errorf("%v", opts.searchAttributes)
	}
	if got := opts.dynamicConfig["frontend.enableServerVersionCheck"]; got != false {
		t.Errorf("the value is %v", got)
	}
}

func TestNothingIsServedBeyondLoopback(t *testing.T) {
	for _, ip := range []string{"0.0.0.0", "::", "192.0.2.1", "localhost"} {
		if _, err := parse([]string{"server", "start-dev", "--ip", ip}, io.Discard); err == nil {
			t.Errorf("--ip %s is accepted", ip)
		}
	}
}

func TestMistakesOnTheCommandLineAreRefused(t *testing.T) {
	for _, line := range []string{
		"", "server", "server start-dev surplus", "server start-dev --search-attribute Stage=Word",
		"server start-dev --dynamic-config-value history.x=y", "server start-dev --namespace=",
	} {
		if _, err := parse(strings.Fields(line), io.Discard); err == nil {
			t.Errorf("%q is accepted", line)
		}
	}
}

func TestTimeIsSkippedOnlyInTheNamedNamespaces(t *testing.T) {
	opts := parsed(t, "server start-dev --namespace cases --namespace play --time-skipping play")
	config := dynamicconfig.NewCollection(settings(opts), log.NewNoopLogger())
	enabled := dynamicconfig.WorkflowTimeSkippingEnabled.Get(config)
	if !enabled("play") || enabled("cases") {
		t.Errorf("play %v, cases %v", enabled("play"), enabled("cases"))
	}
	pause := dynamicconfig.WorkflowIdReuseMinimalInterval.Get(config)
	if pause("play") != 0 || pause("cases") != time.Second {
		t.Errorf("a next run waits: play %v, cases %v", pause("play"), pause("cases"))
	}
}

func TestWithoutTimeSkippingTheTimerQueueIsAsUsual(t *testing.T) {
	config := dynamicconfig.NewCollection(settings(parsed(t, "server start-dev")), log.NewNoopLogger())
	if dynamicconfig.TimerProcessorMaxTimeShift.Get(config)() != time.Second {
		t.Error("the timer queue is changed")
	}
}

func TestAFileOfAnotherSchemaIsRefusedByName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cases.db")
	if err := prepareFile(path); err != nil {
		t.Fatal(err)
	}
	if err := checkSchema(path); err != nil {
		t.Fatalf("its own schema: %v", err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DROP TABLE current_chasm_executions"); err != nil {
		t.Fatal(err)
	}
	err = checkSchema(path)
	if err == nil || !strings.Contains(err.Error(), "current_chasm_executions") {
		t.Errorf("got %v", err)
	}
}

func TestAFileThatIsNoDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("Dear Sir, ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := checkSchema(path); err == nil {
		t.Error("it is accepted")
	}
}

func TestATakenPortIsNamed(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	opts := options{ip: "127.0.0.1", port: listener.Addr().(*net.TCPAddr).Port, headless: true}
	if err := portsFree(opts); err == nil || !strings.Contains(err.Error(), "another server") {
		t.Errorf("got %v", err)
	}
}
