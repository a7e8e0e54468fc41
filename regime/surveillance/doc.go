// Package surveillance is one Quality Surveillance Group: the standing watch over all providers of an
// area or a region, before a case and after it. It has no powers: it brings together what its
// members know.
//
// A [Group] is plain data, like a case, with the same four calls: [Open], [Group.Check], [Group.Perform]
// and [Group.Tick]. The package knows nothing of package failure. What a case lets its groups know comes
// as an act (case_news.go).
//
// Read group.go first, then act.go with the list of all verbs. In the order of a meeting:
//
//   - member.go, roles.go and subject.go: who sits in the group, and what the ledger asks about it.
//   - meeting.go, pack.go, meeting_held.go: calling, preparing and recording a meeting.
//   - agenda.go, agenda_items.go, rotation.go, coverage.go: the agenda is worked out, nobody writes it.
//   - concern.go, concern_told.go, protect.go: what a body tells, also in confidence.
//   - consider.go, level.go, action.go, action_owner.go: what the group concludes.
//   - case_news.go, report.go, note.go: cases, the regional group, and corrections.
//   - sharing.go, sharing_noted.go: what the groups tell each other, and what comes of it.
//   - log.go, board.go, explain.go: what is shown.
//
// To change a rule, edit the check of its act. How often a group meets, within how long every provider is
// considered, and who must be a member are rows of the profile (regime/group_rows.go).
package surveillance
