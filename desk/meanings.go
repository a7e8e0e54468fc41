package desk

import (
	"holdthering/regime"
	"holdthering/regime/words"
)

// inCase says in plain words what is meant on the page of a case, for who reads one for the first time.
func inCase(l regime.Labels, inspector string) []fact {
	return []fact{
		{words.Capital(l.Summit), "The meeting to which all bodies that have to do with the provider come at once: what is wrong there, and who does what."},
		{"Holding the ring", "One body brings the others together until action has been taken. It gives no orders: each of them keeps its own powers and decides for itself."},
		{"Collective judgement", "What those at the meeting found together. The judgement of " + inspector + " stands beside it, and nobody else can change that."},
		{words.Capital(l.Measures), "A time in which the provider is closely supported and supervised, until it is decided that it can do without."},
		{"Monitoring", "Action has been taken; what was agreed is watched until the case can be closed."},
		owing,
	}
}

// inGroup does so for the page of a group.
func inGroup(l regime.Labels) []fact {
	return []fact{
		{l.Group, "The bodies of an area or region put together what each of them knows of the care that is given there. The group has no power; each body has its own."},
		{"Level", "How closely the group watches a provider. Each level says by when it is spoken of again."},
		{"Considered", "The group has spoken of the provider at a meeting. Every provider's turn comes, those that cause concern first."},
		{"Concern", "What a body has told the group of a provider. It stays open until it is answered, withdrawn or set aside at a meeting."},
		owing,
	}
}

// owing is what a duty is.
var owing = fact{"Owes", "Something that is to be done by a time. Who owes it is reminded, and then others are told; what is overdue stops nothing and nobody else."}
