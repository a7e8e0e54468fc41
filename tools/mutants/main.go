package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
)

//go:embed cited
var citedFile string

//go:embed equivalent
var equivalentFile string

func main() {
	var c campaign
	only := flag.String("only", "", "only mutants whose name fits this expression")
	skip := flag.String("skip", "^$", "leave out the tests whose name fits this expression")
	flag.IntVar(&c.sample, "sample", 0, "try so many, chosen at random; 0: all")
	flag.Uint64Var(&c.seed, "seed", 1, "of the choice")
	flag.StringVar(&c.table, "data", "", "break this JSON table, not the code")
	flag.StringVar(&c.rules, "rules", "", "break what cites a rule of this JSON table; only tests that carry its number count")
	flag.BoolVar(&c.quick, "quick", false, "with -rules: a rule is done with when one break of it was seen")
	flag.Parse()
	c.dirs = flag.Args()
	var err error
	if c.only, err = regexp.Compile(*only); err == nil {
		c.skip, err = regexp.Compile(*skip)
	}
	if err == nil && len(c.dirs) == 0 {
		err = errors.New("name the packages")
	}
	if err == nil {
		err = c.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// alsoCited are the functions that hold a rule without naming it, each with its package.
var alsoCited = func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(citedFile) {
		if rule, function, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			out[function] = append(out[function], rule)
		}
	}
	return out
}()

// choose drops what is not asked for and what no test could see, and takes the sample.
func (c *campaign) choose(all []mutant) []mutant {
	all = slices.DeleteFunc(all, func(m mutant) bool {
		return !c.only.MatchString(m.name) || equivalent(m.name)
	})
	if c.sample == 0 || c.sample >= len(all) {
		return all
	}
	rng := rand.New(rand.NewPCG(c.seed, 0))
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:c.sample]
}

// equivalent mutants stand in the file one a line, without their line number, a reason behind
// a tab.
func equivalent(name string) bool {
	file, rest, _ := strings.Cut(name, ":")
	if _, how, ok := strings.Cut(rest, ": "); ok {
		name = file + ": " + how
	}
	for line := range strings.Lines(equivalentFile) {
		if known, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); known == name {
			return true
		}
	}
	return false
}
