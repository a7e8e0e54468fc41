package run

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/directory"
)

func TestARunningWorkerSaysWhatIsWrongInTheDirectoryThatItUses(t *testing.T) {
	s := given(nil)
	s.Records = t.TempDir()
	s.Directory = filepath.Join(t.TempDir(), "directory.csv")
	require.NoError(t, os.WriteFile(s.Directory, []byte("party,name,duty,lead,deputy,executive,absent_from,absent_to,"+
		"calendar,note\nCQC,,d@x.example,l@x.example,,,soon,,no,\n"), 0o600))
	book, err := s.directory()
	require.NoError(t, err)
	stop := s.watch(book)
	require.Eventually(t, func() bool {
		standing, err := directory.StandingIn(s.Records)
		return err == nil && len(standing.Findings) == 1
	}, 10*time.Second, 10*time.Millisecond)
	stop()
}
