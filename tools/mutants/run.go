package main

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed switch.go.txt
var switchFile string

// campaign is one run over packages that stand on one another.
type campaign struct {
	dirs   []string // of the packages
	table  string
	rules  string // the table of the rules, when each of them is to be broken
	quick  bool   // of each rule, no further than the first break that is seen
	only   *regexp.Regexp
	skip   *regexp.Regexp // tests
	sample int
	seed   uint64

	work  string
	tests []test
}

// test is a test with the mutants that it reaches.
type test struct {
	bin     string // of its package, run in dir
	dir     string
	name    string
	took    time.Duration
	reaches map[int]bool
}

func (c *campaign) run() error {
	var err error
	for i, d := range c.dirs {
		if c.dirs[i], err = filepath.Abs(d); err != nil {
			return err
		}
	}
	if c.table != "" {
		if c.table, err = filepath.Abs(c.table); err != nil {
			return err
		}
	}
	if c.work, err = os.MkdirTemp("", "mutants"); err != nil {
		return err
	}
	defer os.RemoveAll(c.work)
	mutants, overlay, err := c.breakAll()
	if err != nil {
		return err
	}
	if c.table != "" {
		inTable, err := tableMutants(c.table)
		if err != nil {
			return err
		}
		if mutants = append(mutants, inTable...); c.rules == "" {
			mutants = inTable
		}
	}
	for i, dir := range c.dirs {
		if err := c.addTests(dir, filepath.Join(c.work, "test"+strconv.Itoa(i)), overlay); err != nil {
			return err
		}
	}
	slices.SortStableFunc(c.tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
	if c.rules != "" {
		return c.tryRules(mutants)
	}
	return c.tryAll(c.choose(mutants))
}

// breakAll writes the packages with every mutant in them, and the overlay that puts them in place.
func (c *campaign) breakAll() ([]mutant, string, error) {
	b := breaker{fset: token.NewFileSet(), known: map[string]bool{}}
	replaced := map[string]string{}
	for _, dir := range c.dirs {
		if err := c.breakPackage(&b, dir, replaced); err != nil {
			return nil, "", err
		}
	}
	for name := range alsoCited {
		if c.rules != "" && !b.known[name] {
			return nil, "", fmt.Errorf("the file \"cited\" names %s, which is nowhere in the packages", name)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return nil, "", err
	}
	file := filepath.Join(c.work, "overlay.json")
	return b.mutants, file, os.WriteFile(file, overlay, 0o600)
}

func (c *campaign) breakPackage(b *breaker, dir string, replaced map[string]string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	write := func(as string, text []byte) error {
		replaced[as] = filepath.Join(c.work, strconv.Itoa(len(replaced))+".go") // names occur in two packages
		return os.WriteFile(replaced[as], text, 0o600)
	}
	b.dir = dir
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		text, err := b.file(p)
		if err != nil {
			return err
		}
		if err := write(p, text); err != nil {
			return err
		}
	}
	name := "package " + filepath.Base(dir) + "\n"
	return write(filepath.Join(dir, "zz_mutants.go"), []byte(name+switchFile))
}

// start runs tests of one package with the environment added. A mutant that does not come to
// an end is given up after many times what the tests took without it, on a busy machine too.
func start(ts []test, env ...string) ([]byte, error) {
	names, limit := make([]string, len(ts)), 20*time.Second
	for i, t := range ts {
		names[i] = t.name
		limit += 10 * t.took
	}
	cmd := exec.Command(ts[0].bin, "-test.failfast", "-test.timeout="+limit.String(), "-test.run",
		"^("+strings.Join(names, "|")+")$")
	cmd.Dir, cmd.Env = ts[0].dir, append(os.Environ(), env...)
	return cmd.CombinedOutput()
}

// addTests builds a package's tests and finds out what each of them reaches.
func (c *campaign) addTests(dir, bin, overlay string) error {
	build := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", bin, ".")
	build.Dir, build.Stderr = dir, os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	list := exec.Command(bin, "-test.list", "^Test")
	list.Dir = dir
	names, err := list.Output()
	if err != nil {
		return err
	}
	file := filepath.Join(c.work, "reached")
	for _, name := range strings.Fields(string(names)) {
		if c.skip.MatchString(name) {
			continue
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			return err
		}
		began := time.Now()
		t := test{bin: bin, dir: dir, name: name, took: time.Minute, reaches: map[int]bool{}}
		if out, err := start([]test{t}, "MUTANTS_REACHED="+file); err != nil {
			return fmt.Errorf("%s fails without a mutant: %w\n%s", name, err, out)
		}
		t.took = time.Since(began)
		reached, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, n := range strings.Fields(string(reached)) {
			i, _ := strconv.Atoi(n)
			t.reaches[i] = true
		}
		c.tests = append(c.tests, t)
	}
	return nil
}

func (c *campaign) tryAll(mutants []mutant) error {
	counts, words, wordsKilled := map[string]int{}, 0, 0
	tried, killed := map[string]int{}, map[string]int{} // by package
	for i, m := range mutants {
		fate, err := c.try(m, c.tests)
		if err != nil {
			return err
		}
		counts[fate]++
		tried[m.dir]++
		killed[m.dir] += count(fate == "killed")
		words += count(m.words)
		wordsKilled += count(m.words && fate == "killed")
		if fate != "killed" {
			fmt.Printf("%-11s %s\n", fate, m.name)
		}
		if i%100 == 99 {
			fmt.Fprintf(os.Stderr, "%d of %d: %v\n", i+1, len(mutants), counts)
		}
	}
	for _, dir := range c.dirs {
		if n := tried[dir]; n > 0 && len(c.dirs) > 1 {
			fmt.Fprintf(os.Stderr, "%s: %d of %d killed\n", filepath.Base(dir), killed[dir], n)
		}
	}
	fmt.Fprintf(os.Stderr, "%s: %d mutants, %d killed, %d lived, %d not reached by any test\n", c.broken(),
		len(mutants), counts["killed"], counts["lived"], counts["not reached"])
	if words > 0 {
		fmt.Fprintf(os.Stderr, "%d of them change words for people and nothing else, %d killed; of the rest %d of %d\n",
			words, wordsKilled, counts["killed"]-wordsKilled, len(mutants)-words)
	}
	return nil
}

// broken names what the campaign breaks.
func (c *campaign) broken() string {
	if c.table != "" {
		return filepath.Base(c.table)
	}
	var names []string
	for _, dir := range c.dirs {
		names = append(names, filepath.Base(dir))
	}
	return strings.Join(names, ", ")
}

// try lets the mutant meet the tests that reach it: those of its own package before those of the packages
// that stand on it, of each the quick ones first, and a few at a time.
func (c *campaign) try(m mutant, tests []test) (string, error) {
	env := []string{"MUTANT=" + strconv.Itoa(m.n)}
	if m.table != nil {
		file := filepath.Join(c.work, "table.json")
		if err := os.WriteFile(file, m.table, 0o600); err != nil {
			return "", err
		}
		env = []string{"MUTANT_TABLE=" + filepath.Base(c.table) + "=" + file}
	}
	var meets, few []test
	for _, t := range tests {
		if m.table != nil || t.reaches[m.n] {
			meets = append(meets, t)
		}
	}
	if len(meets) == 0 {
		return "not reached", nil
	}
	place := func(t test) int {
		if t.dir == m.dir {
			return -1
		}
		return slices.Index(c.dirs, t.dir)
	}
	slices.SortStableFunc(meets, func(a, b test) int { return cmp.Compare(place(a), place(b)) })
	var took time.Duration
	for i, t := range meets {
		few, took = append(few, t), took+t.took
		if i+1 < len(meets) && meets[i+1].bin == t.bin && took < time.Second {
			continue
		}
		if _, err := start(few, env...); err != nil {
			return "killed", nil
		}
		few, took = nil, 0
	}
	return "lived", nil
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
