package smtp_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	server "github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/smtp"
)

// sendAll sends one mail after the other and gives what became of each.
func sendAll(t *testing.T, address string, n int) (outcomes []mail.Outcome) {
	t.Helper()
	s := newSender(t, smtp.Config{Address: address, TLS: smtp.None})
	for i := range n {
		outcomes = append(outcomes, s.Send(context.Background(), mailtest.Message(fmt.Sprintf("n%d", i+1))).Outcome)
	}
	return outcomes
}

func TestTheMailsOfABatchGoOverOneLineAndManyOverSeveral(t *testing.T) {
	address, got := serve(t, behaviour{}, false)
	for _, o := range sendAll(t, address, 60) {
		require.Equal(t, mail.Accepted, o)
	}
	require.Len(t, got.all(), 60)
	require.EqualValues(t, 2, got.lines.Load(), "50 mails go over a line")
}

// A server that waits too long for the next mail closes the line, or says so first; or it takes no more over one line.
func TestAMailThatAKeptLineDoesNotTakeGoesOnceOverAFreshOne(t *testing.T) {
	ways := map[string]func(cut func()) error{
		"closed": func(cut func()) error { cut(); return nil },
		"421":    func(func()) error { return answer(421, server.EnhancedCode{4, 4, 2}) },
		"450":    func(func()) error { return answer(450, server.EnhancedCode{4, 7, 1}) },
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			address, got := serve(t, behaviour{beforeAll: func(cut func()) error {
				if asked.Add(1) == 2 {
					return way(cut)
				}
				return nil
			}}, false)
			require.Equal(t, []mail.Outcome{mail.Accepted, mail.Accepted, mail.Accepted}, sendAll(t, address, 3))
			require.Len(t, got.all(), 3)
			require.EqualValues(t, 2, got.lines.Load())
		})
	}
}

func TestAMailThatWasBegunOnAKeptLineIsNotSentAgainByItself(t *testing.T) {
	var bodies atomic.Int32
	address, got := serve(t, behaviour{data: func(_ string, cut func()) error {
		if bodies.Add(1) == 2 {
			cut()
			return errors.New("gone")
		}
		return nil
	}}, false)
	require.Equal(t, []mail.Outcome{mail.Accepted, mail.Unknown, mail.Accepted}, sendAll(t, address, 3))
	require.EqualValues(t, 3, bodies.Load())
	require.Len(t, got.all(), 2)
	require.EqualValues(t, 2, got.lines.Load(), "what went wrong on a line ends it")
}

func TestARefusalForGoodOnAKeptLineIsTheServersAnswer(t *testing.T) {
	var asked atomic.Int32
	address, got := serve(t, behaviour{beforeAll: func(func()) error {
		if asked.Add(1) == 2 {
			return answer(550, server.EnhancedCode{5, 7, 1})
		}
		return nil
	}}, false)
	require.NotEqual(t, mail.Accepted, sendAll(t, address, 2)[1])
	require.EqualValues(t, 2, asked.Load())
	require.Len(t, got.all(), 1)
}
