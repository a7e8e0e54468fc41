package register_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"holdthering/register"
)

// postgres is a real PostgreSQL of the test's own.
type postgres struct {
	*testing.T
	dir, address string
	as           []string // what its programs begin with: they do not run as root
	bin          string
	port         int
	running      *exec.Cmd
}

func newPostgres(t *testing.T) *postgres {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		t.Skip("left out: PostgreSQL is not installed here (apt-get install postgresql)")
	}
	dir, err := os.MkdirTemp("", "register-") // short enough for a socket
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &postgres{T: t, dir: dir, bin: filepath.Dir(found[len(found)-1])}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("left out: PostgreSQL does not run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		require.NoError(t, os.Chown(dir, uid, gid))
		p.as = []string{"setpriv", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups", "--pdeathsig", "KILL", "--"}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p.port = l.Addr().(*net.TCPAddr).Port
	require.NoError(t, l.Close())
	out, err := p.command("initdb", "-D", dir+"/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync").CombinedOutput()
	require.NoError(t, err, string(out))
	p.address = "postgres://postgres@127.0.0.1:" + strconv.Itoa(p.port) + "/postgres?sslmode=disable"
	p.start()
	t.Cleanup(p.stop)
	return p
}

func (p *postgres) command(name string, args ...string) *exec.Cmd {
	words := append(append([]string{}, p.as...), append([]string{filepath.Join(p.bin, name)}, args...)...)
	return exec.Command(words[0], words[1:]...)
}

func (p *postgres) start() {
	p.Helper()
	p.running = p.command("postgres", "-D", p.dir+"/data", "-k", p.dir, "-p", strconv.Itoa(p.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")
	require.NoError(p, p.running.Start())
	require.Eventually(p, func() bool {
		c, err := pgx.Connect(context.Background(), p.address)
		if err != nil {
			return false
		}
		return c.Close(context.Background()) == nil
	}, time.Minute, 50*time.Millisecond)
}

// stop ends it as a crash does.
func (p *postgres) stop() {
	if p.running != nil {
		_ = p.running.Process.Signal(os.Interrupt)
		_ = p.running.Wait()
		p.running = nil
	}
}

func (p *postgres) open() *register.PostgreSQL {
	p.Helper()
	s, err := register.OpenPostgreSQL(p.address)
	require.NoError(p, err)
	p.Cleanup(s.Close)
	return s
}

func TestARegisterInPostgreSQLIsAsOneInAFolder(t *testing.T) {
	p := newPostgres(t)
	s, ctx := p.open(), t.Context()
	none, _, err := s.All(ctx, "K7QM-3XRD") // before there is a table
	require.NoError(t, err)
	require.Empty(t, none)
	b := register.Book{Ref: "K7QM-3XRD", Shelf: s, Sealer: plain{new(byte)}}
	at := when.Add(123456789 * time.Nanosecond) // more digits than the database's own times have
	digests := []string{""}
	for i, text := range []string{"x", "xx", "xxx", "xxxx"} {
		d, err := b.Append(ctx, i+1, digests[i], at, []byte(text))
		require.NoError(t, err)
		digests = append(digests, d)
	}
	again, err := b.Append(ctx, 4, digests[3], at.Add(time.Hour), []byte("xxxx"))
	require.NoError(t, err)
	require.Equal(t, digests[4], again)
	_, err = b.Append(ctx, 9, "no such part", at, []byte("y"))
	require.ErrorIs(t, err, register.ErrBehind)
	other := register.Book{Ref: "R2WQ-7HJK", Shelf: p.open(), Sealer: plain{new(byte)}}
	_, err = other.Append(ctx, 5, digests[4], at, []byte("y"))
	require.ErrorIs(t, err, register.ErrBehind, "the part is another case's")
	branch, err := b.Append(ctx, 3, digests[2], at, []byte("otherwise"))
	require.NoError(t, err)
	got, err := b.Read(ctx, branch)
	require.NoError(t, err)
	require.Equal(t, []string{"x", "xx", "otherwise"}, []string{string(got[0]), string(got[1]), string(got[2])})
	v, err := register.VerifyOn(ctx, s, b.Ref, digests[4])
	require.NoError(t, err)
	require.Equal(t, [3]int{4, 1, 0}, [3]int{v.Parts, v.Aside, int(v.Torn)})
	require.Contains(t, s.Where("K7QM-3XRD"), "postgres at 127.0.0.1")
}

// The same chain in a file and in the database has the same digests, so that one may be moved into the other.
func TestAChangeAGapAndAMissingEndShowInPostgreSQL(t *testing.T) {
	p := newPostgres(t)
	s, ctx := p.open(), t.Context()
	b := register.Book{Ref: "K7QM-3XRD", Shelf: s, Sealer: plain{new(byte)}}
	digests := filled(t, b, 3)
	c, err := pgx.Connect(ctx, p.address)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close(ctx)) }()
	for _, change := range []string{
		"UPDATE holdthering_register SET sealed = 'y' WHERE n = 2",
		"UPDATE holdthering_register SET at = '2015-03-01T09:00:00Z' WHERE n = 1",
		"UPDATE holdthering_register SET n = 7 WHERE n = 2",
		"DELETE FROM holdthering_register WHERE n = 2",
		"DELETE FROM holdthering_register WHERE n = 3",
	} {
		tx, err := c.Begin(ctx)
		require.NoError(t, err)
		_, err = tx.Exec(ctx, "CREATE TEMP TABLE kept AS SELECT * FROM holdthering_register")
		require.NoError(t, err)
		require.NoError(t, tx.Commit(ctx))
		tag, err := c.Exec(ctx, change)
		require.NoError(t, err)
		require.EqualValues(t, 1, tag.RowsAffected(), change)
		_, err = register.VerifyOn(ctx, s, b.Ref, digests[3])
		require.Error(t, err, change)
		for _, back := range []string{"DELETE FROM holdthering_register",
			"INSERT INTO holdthering_register OVERRIDING SYSTEM VALUE SELECT * FROM kept", "DROP TABLE kept"} {
			_, err = c.Exec(ctx, back)
			require.NoError(t, err)
		}
	}
	_, err = register.VerifyOn(ctx, s, b.Ref, digests[3])
	require.NoError(t, err)
}

func TestManyWorkersAddTheSamePartOnce(t *testing.T) {
	p := newPostgres(t)
	var wait sync.WaitGroup
	digests := make([]string, 8)
	for i := range digests {
		s := p.open()
		wait.Go(func() {
			b := register.Book{Ref: "K7QM-3XRD", Shelf: s, Sealer: plain{new(byte)}}
			var err error
			if digests[i], err = b.Append(t.Context(), 1, "", when, []byte("the first")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, d := range digests {
		require.Equal(t, digests[0], d)
	}
}

func TestADatabaseThatIsAwayIsAnErrorAndIsThereAgainLater(t *testing.T) {
	p := newPostgres(t)
	s := p.open()
	b := register.Book{Ref: "K7QM-3XRD", Shelf: s, Sealer: plain{new(byte)}}
	first, err := b.Append(t.Context(), 1, "", when, []byte("x"))
	require.NoError(t, err)
	p.stop()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err = b.Append(ctx, 2, first, when, []byte("xx"))
	require.Error(t, err)
	require.False(t, errors.Is(err, register.ErrBehind), "away is not behind: %v", err)
	p.start()
	second, err := b.Append(t.Context(), 2, first, when, []byte("xx"))
	require.NoError(t, err)
	got, err := b.Read(t.Context(), second)
	require.NoError(t, err)
	require.Len(t, got, 2)
}

func TestAnAddressThatIsNoneIsRefusedWithoutItsPassword(t *testing.T) {
	_, err := register.OpenPostgreSQL("postgres://ring:secret@db.example:port/ring")
	require.ErrorContains(t, err, "postgres://ring@db.example/ring")
	require.NotContains(t, err.Error(), "secret")
}
