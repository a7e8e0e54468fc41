package rehearsal

import (
	"go.temporal.io/sdk/testsuite"

	"holdthering/regime/ledger"
)

// outcome is the case's answer to an act.
type outcome struct {
	receipt ledger.Receipt
	err     error
}

// callbacks take the answer to an update and hand over again.
type callbacks struct {
	env    *testsuite.TestWorkflowEnvironment
	answer chan<- outcome
	turn   func()
}

// Accept has nothing to tell: the answer follows.
func (k *callbacks) Accept() {}

// Reject is the validator's refusal.
func (k *callbacks) Reject(err error) { k.give(outcome{err: err}) }

// Complete is the handler's answer.
func (k *callbacks) Complete(success any, err error) {
	receipt, _ := success.(ledger.Receipt)
	k.give(outcome{receipt, err})
}

func (k *callbacks) give(o outcome) {
	k.answer <- o
	k.env.RegisterDelayedCallback(k.turn, 0)
}

// silence is a logger that says nothing: what matters of a rehearsal is in the case.
type silence struct{}

func (silence) Debug(string, ...any) {}
func (silence) Info(string, ...any)  {}
func (silence) Warn(string, ...any)  {}
func (silence) Error(string, ...any) {}
