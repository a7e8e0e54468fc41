package directory

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// write replaces the file's content as an editor does, in place, and dates it.
func write(t *testing.T, path, text string, age time.Duration) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	then := time.Now().Add(-age)
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
}

func withDuty(address string) string { return header + "CQC,," + address + ",,,,,,no,\n" }

func opened(t *testing.T, text string) (*Directory, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "directory.csv")
	write(t, path, text, time.Hour)
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return d, path
}

func wantDuty(t *testing.T, d *Directory, want string) {
	t.Helper()
	if got, err := d.Lookup("CQC", time.Time{}, Duty); err != nil || got.Address != want {
		t.Fatalf("got %q, %v; want %s", got.Address, err, want)
	}
}

func TestANewAddressTakesEffectAtTheNextLookup(t *testing.T) {
	d, path := opened(t, withDuty("old@x.example"))
	wantDuty(t, d, "old@x.example")
	write(t, path, withDuty("newer@x.example"), time.Minute)
	wantDuty(t, d, "newer@x.example")
	write(t, path, withDuty("newest@x.example"), time.Second)
	wantDuty(t, d, "newest@x.example")
}

func TestAYoungFileIsReadAgainThoughSizeAndTimeAreEqual(t *testing.T) {
	d, path := opened(t, withDuty("aaa@x.example"))
	write(t, path, withDuty("bbb@x.example"), 0)
	wantDuty(t, d, "bbb@x.example")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, withDuty("ccc@x.example"), 0)
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	wantDuty(t, d, "ccc@x.example")
}

func TestAFileRenamedOverTheOldOneCountsThoughSizeAndTimeAreEqual(t *testing.T) {
	d, path := opened(t, withDuty("aaa@x.example"))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path+".new", withDuty("bbb@x.example"), 0)
	if err := os.Chtimes(path+".new", info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	wantDuty(t, d, "bbb@x.example")
}

func TestABrokenFileLeavesTheOldContentInUseAndIsToldOnce(t *testing.T) {
	d, path := opened(t, withDuty("old@x.example"))
	var told []string
	d.Notify(func(err error) { told = append(told, err.Error()) })
	write(t, path, header+"CQC,,new@x.example,a comma too many,,,,,,no,\n", time.Minute)
	for range 3 {
		wantDuty(t, d, "old@x.example")
	}
	if len(told) != 1 || !strings.Contains(told[0], "line 2") || !strings.Contains(told[0], "stays in use") {
		t.Fatalf("told: %q", told)
	}
	if err := d.Problem(); err == nil || err.Error() != told[0] {
		t.Fatalf("the problem is %v", err)
	}
	write(t, path, withDuty("new@x.example"), time.Minute)
	if err := d.Problem(); err != nil {
		t.Fatalf("repaired, yet %v", err)
	}
	wantDuty(t, d, "new@x.example")
}

func TestAFileThatIsPutBackAsItWasIsNoProblemAnyMore(t *testing.T) {
	d, path := opened(t, withDuty("old@x.example"))
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	wantDuty(t, d, "old@x.example")
	if d.Problem() == nil {
		t.Fatal("a file that is gone is no problem")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if err := d.Problem(); err != nil {
		t.Fatal(err)
	}
}

func TestManyLookupsMayRunWhileTheFileChanges(t *testing.T) {
	d, path := opened(t, withDuty("a0@x.example"))
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for range 200 {
				got, err := d.Lookup("CQC", time.Time{}, Duty)
				if err != nil || !strings.HasSuffix(got.Address, "@x.example") {
					t.Errorf("%+v, %v", got, err)
					return
				}
			}
		})
	}
	for i := range 50 {
		write(t, path+".new", withDuty(fmt.Sprintf("a%d@x.example", i)), 0)
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	readers.Wait()
	wantDuty(t, d, "a49@x.example")
}

func TestAFileFromASpreadsheetIsRead(t *testing.T) {
	text := "\ufeff" + strings.ReplaceAll(withDuty(" d@x.example "), "\n", "\r\n")
	d, _ := opened(t, text)
	wantDuty(t, d, "d@x.example")
}

func TestWhatCannotBeADirectoryIsRefusedAtOnce(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty":       "",
		"no rows":     header,
		"no header":   "CQC,,d@x.example,,,,,,no,\n",
		"strokes":     strings.ReplaceAll(withDuty("d@x.example"), ",", "|"),
		"1252":        header + "CQC,caf\xe9,d@x.example,,,,,,no,\n",
		"a shift":     header + "CQC,a,b,d@x.example,,,,,,no,\n",
		"no name":     strings.Replace(header, "note", "note,", 1) + "CQC,,d@x.example,,,,,,no,,x\n",
		"open quotes": header + "CQC,\"open,d@x.example,,,,,,no,\n",
		"cell short":  header + "CQC,,d@x.example,,,,,no\n",
	} {
		path := filepath.Join(dir, name)
		write(t, path, text, time.Hour)
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "absent")} {
		if _, err := Open(path); err == nil {
			t.Errorf("%s was opened", path)
		}
	}
}
