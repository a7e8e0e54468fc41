package casestest

import (
	"holdthering/message"
	"holdthering/workflows"
)

// spread brings to the groups what they are to know, as the workflows do: of cases, and of
// local groups to their regions. A group that is not there, or does not take it, is passed
// over.
func (m *Memory) spread() {
	for ref, c := range m.cases {
		if n := workflows.NewsOf(c); c.LastEntry > 0 && n.Request.Key != m.told[ref] {
			m.told[ref] = n.Request.Key
			m.bring(n)
		}
	}
	for _, g := range m.groups {
		for r, ok := g.UnsentReport(); ok; r, ok = g.UnsentReport() {
			m.bring(workflows.ReportNews(g, r))
			g.ReportHanded(r.N, m.now)
		}
	}
}

func (m *Memory) bring(n message.News) {
	for _, place := range n.Groups {
		if g := m.groups[place]; g != nil {
			_, _ = g.Perform(n.Request, n.Act(), m.now) // as TellGroups, which only logs a refusal
		}
	}
}
