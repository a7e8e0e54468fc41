package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/backup"
)

// docker stands in for the real one: volumes are folders, and the database's programs hand on what
// they are given.
const docker = `#!/bin/sh
echo "$*" >>"$HOST/asked"
case "$1 $2" in
"volume inspect") test -d "$HOST/volumes/$3" ;;
"compose exec")
	for last; do :; done
	case "$*" in
	*pg_dump*) echo "dump of $last" ;;
	*pg_restore*) cat >>"$HOST/restored" ;;
	esac ;;
"compose up") mkdir -p "$HOST/volumes/hold-the-ring_postgresql" ;;
"compose create") mkdir -p "$HOST/volumes/hold-the-ring_records" ;;
"run --rm")
	for last; do :; done
	for v in "$4" "$6"; do
		real=${v%%:*}; inside=${v#*:}; inside=${inside%:ro}
		case $real in /*) ;; *) real=$HOST/volumes/$real ;; esac
		last=$(echo "$last" | sed "s|$inside|$real|g; s|chown -R 1000:1000|true|")
	done
	sh -c "$last" ;;
esac
`

// host is a checkout with a server that a team uses.
type host struct {
	*testing.T
	root string
}

func newHost(t *testing.T, files map[string]string) host {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no shell")
	}
	h := host{t, t.TempDir()}
	for _, script := range []string{"deploy/backup.sh", "deploy/restore.sh"} {
		h.write(script, read(t, script))
	}
	h.write("bin/docker", docker)
	for name, text := range files {
		h.write(name, text)
	}
	return h
}

func (h host) path(name string) string { return filepath.Join(h.root, filepath.FromSlash(name)) }

func (h host) write(name, text string) {
	h.Helper()
	if err := os.MkdirAll(filepath.Dir(h.path(name)), 0o755); err != nil {
		h.Fatal(err)
	}
	if err := os.WriteFile(h.path(name), []byte(text), 0o755); err != nil {
		h.Fatal(err)
	}
}

func (h host) reads(name string) string {
	raw, _ := os.ReadFile(h.path(name))
	return string(raw)
}

func (h host) run(args ...string) (string, error) {
	cmd := exec.Command("sh", args...)
	cmd.Dir = h.root
	cmd.Env = append(os.Environ(), "HOST="+h.root, "PATH="+h.path("bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

const key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

func TestATeamsServerIsBackedUpWithoutItsKeysAndRestoredIntoAnEmptyPlace(t *testing.T) {
	const volume = "volumes/hold-the-ring_records/"
	h := newHost(t, map[string]string{
		volume + "records/A.md": "a record", volume + "outbox/a.eml": "a mail", volume + "records/.new-1": "half",
		volume + "records/copied-by-hand": key, "data/directory.csv": "the site's own", "deploy/secrets/payloads": key,
	})
	out, err := h.run("deploy/backup.sh")
	made, _ := filepath.Glob(h.path("backups/*"))
	if len(made) != 1 {
		t.Fatalf("%v: %v\n%s", made, err, out)
	}
	archive := made[0]
	if hidden, _ := filepath.Glob(h.path("backups/.*")); len(hidden) > 0 {
		t.Errorf("left: %v", hidden)
	}
	if err != nil || !strings.Contains(out, "left out, since it is a key: records/copied-by-hand") ||
		!strings.Contains(out, "apart from the backups") {
		t.Fatalf("%v\n%s", err, out)
	}
	if asked := h.reads("asked"); !strings.Contains(asked, "compose stop temporal\n") ||
		!strings.Contains(asked, "compose start temporal\n") || strings.Contains(asked, "pg_dumpall") {
		t.Errorf("asked of docker:\n%s", asked)
	}
	file, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := backup.Unpack(file, t.TempDir())
	if err != nil || m.Database != "postgresql" || len(m.Files) != 5 {
		t.Fatalf("%+v, %v", m, err)
	}
	if info, err := os.Stat(archive); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}

	if out, err := h.run("deploy/restore.sh", archive); err == nil || !strings.Contains(out, "an empty place only") {
		t.Errorf("over what is there: %v\n%s", err, out)
	}
	fresh := newHost(t, map[string]string{"data/directory.csv": "the shipped one"})
	if out, err := fresh.run("deploy/restore.sh", archive); err == nil || !strings.Contains(out, "payloads is missing") {
		t.Errorf("without the key: %v\n%s", err, out)
	}
	fresh.write("deploy/secrets/payloads", key)
	if out, err := fresh.run("deploy/restore.sh", archive, "2999-01-01T10:00:00Z"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, want := range map[string]string{volume + "records/A.md": "a record", volume + "outbox/a.eml": "a mail",
		"data/directory.csv": "the site's own", "restored": "dump of temporal\ndump of temporal_visibility\n"} {
		if got := fresh.reads(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	mark, err := backup.ReadMark(fresh.path(volume + "records"))
	if err != nil || mark == nil || !mark.Taken.Equal(m.Taken) || mark.Lost.Year() != 2999 {
		t.Errorf("%+v, %v", mark, err)
	}
}

func TestADamagedBackupOfATeamsServerIsNotRestored(t *testing.T) {
	h := newHost(t, map[string]string{"data/directory.csv": "x", "deploy/secrets/payloads": key,
		"volumes/hold-the-ring_records/records/A.md": "a record"})
	archive := h.path("backup.tar.gz")
	if out, err := h.run("deploy/backup.sh", archive); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := h.reads("backup.tar.gz")
	for _, n := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
		fresh := newHost(t, map[string]string{"deploy/secrets/payloads": key, "backup.tar.gz": whole[:n]})
		if out, err := fresh.run("deploy/restore.sh", fresh.path("backup.tar.gz")); err == nil ||
			strings.Contains(fresh.reads("asked"), "compose up") {
			t.Errorf("%d bytes of %d: %s", n, len(whole), out)
		}
	}
}
