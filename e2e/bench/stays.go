package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// stays are how many months a provider is in special measures, each twice as long as the one before.
var stays = [3]int{22, 44, 88}

// mostGrowth is what a month of the longest stay may cost against one of the shortest: were it all linear, 1 and the
// scatter of two measurements.
const mostGrowth = 1.25

// opening is how each of the stays begins, a shortened King's Lynn.
const opening = `title: a stay in special measures
2013-09-10 09:30  trigger --provider RCX --by "NHS England East Anglia" --source qsg-sharing --concern "Risks to patients" --routine "Contract meetings changed little"
2013-09-10 11:20  summit convene --by "NHS England" --at "2013-09-12 10:00"
2013-09-12 10:00  summit open --by "NHS England" --attending CQC,Monitor,CCG
2013-09-12 12:45  judgement regulatory --by CQC --value potential-breach --intends "Follow up its warnings"
2013-09-12 13:30  summit end --by "NHS England" --record "Six high-level risks agreed"
2013-09-12 14:00  judgement collective --by "NHS England" --value potential-failure --reason "Six high-level risks"
2013-09-12 14:20  ring propose --by CQC --candidate "NHS England"
2013-09-12 14:30  ring accept --by "NHS England"
2013-09-12 15:00  ring assent --by Monitor --candidate "NHS England"
2013-09-12 15:10  ring assent --by CCG --candidate "NHS England"
2013-09-12 16:40  standards answer --by "NHS England" --answer no --reason "About systems and staffing"
2013-09-13 10:00  public answer --by "NHS England" --answer no --reason "The review is published"
2013-09-13 14:30  meeting hold --by "NHS England" --present CQC,Monitor,CCG --record "Monitor weighs its powers" --next "2013-11-01 11:00"
2013-09-16 09:45  placed consider --by Monitor --answer itself --reason "Its powers under the licence fit"
2013-09-16 10:00  letter send --by "NHS England"
2013-09-24 10:10  breach answer --by CQC --reason "Its warnings stand"
2013-10-21 11:00  measures recommend --by CQC --reason "Two inspections found poor care"
2013-10-25 10:00  measures decide --by Monitor --outcome place --reason "Poor care"
2013-11-01 11:00  meeting hold --by "NHS England" --present CQC,Monitor,CCG --record "The action plan takes over"
2013-11-01 11:40  monitoring begin --by "NHS England" --reason "Monitor carries on"
2013-11-20 15:00  measures plan --by provider --url https://trust.example/action-plan
`

// stay is a scenario of so many months in special measures: progress is published each month, and half-yearly the
// provider is re-inspected and stays.
func stay(months int) string {
	var out strings.Builder
	out.WriteString(opening)
	entry := time.Date(2013, 10, 1, 0, 0, 0, 0, time.UTC)
	on := func(month, day int, clock, act string) {
		fmt.Fprintf(&out, "%s %s  %s\n", entry.AddDate(0, month, day-1).Format(time.DateOnly), clock, act)
	}
	for m := 1; m <= months; m++ {
		if m%6 == 0 {
			on(m, 3, "17:00", fmt.Sprintf("reinspection hold --by CQC --since %[1]s --until %[1]s",
				entry.AddDate(0, m, 2).Format(time.DateOnly)))
			on(m, 10, "10:00", `reinspection report --by CQC --rating requires-improvement --recommend remain --reason "Six more months"`)
			on(m, 17, "11:00", `measures decide --by Monitor --outcome extend --for 6mo --reason "As CQC recommends"`)
		}
		on(m, 22, "15:30", fmt.Sprintf("progress publish --by provider --url https://trust.example/progress/%d", m))
	}
	on(months, 25, "10:00", "expect measures IN_FORCE")
	return out.String()
}

// lengths rehearses the stays, and says whether the cost grows with their length alone.
func lengths(ctx context.Context, b *bench) ([]row, error) {
	var took [len(stays)]float64
	for i, months := range stays {
		file := filepath.Join(b.dir, fmt.Sprintf("stay-%d.txt", months))
		if err := os.WriteFile(file, []byte(stay(months)), 0o600); err != nil {
			return nil, err
		}
		one, err := least(ctx, 5, filepath.Join(b.programs, "starter"), "rehearse", file)
		if err != nil {
			return nil, err
		}
		took[i] = one.Seconds()
	}
	first, last := (took[1]-took[0])/float64(stays[1]-stays[0]), (took[2]-took[1])/float64(stays[2]-stays[1])
	return []row{
		limit(fmt.Sprintf("Rehearsal of a stay of %d months: CPU s", stays[2]), took[2], mostForLong, "%.1f"),
		{what: fmt.Sprintf("- of %d and %d months: CPU s", stays[0], stays[1]), now: fmt.Sprintf("%.2f, %.2f", took[0], took[1])},
		limit("- a month of the second half of the longest, against one of the second half of the next: 1 were linear",
			last/first, mostGrowth, "%.2f"),
	}, nil
}
