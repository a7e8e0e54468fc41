package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// PostgreSQL has a row for each part, in one table of a database that all workers reach. Rows are only ever added:
// INSERT and SELECT are all that the role needs once the table is there.
type PostgreSQL struct{ pool *pgxpool.Pool }

// table is made by whoever comes first and may. The time is a text, since the digest is over all of its digits.
const table = `CREATE TABLE IF NOT EXISTS holdthering_register (
	added bigint GENERATED ALWAYS AS IDENTITY,
	ref text NOT NULL, n integer NOT NULL, before text NOT NULL, at text NOT NULL,
	sealed bytea NOT NULL, digest text NOT NULL, PRIMARY KEY (ref, digest))`

const (
	// MostConnections is how many a worker takes: registers are written seldom.
	MostConnections = 2
	// longestConnect bounds how long one is waited for.
	longestConnect = 5 * time.Second
	undefinedTable = "42P01"
)

// OpenPostgreSQL understands an address such as postgres://ring@db.example/ring, and connects at first use only: no
// worker waits for a register to start. The password comes from PGPASSFILE as for all programs of PostgreSQL.
func OpenPostgreSQL(address string) (*PostgreSQL, error) {
	o, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the address of the register is none of PostgreSQL's, such as postgres://ring@db.example/ring")
	}
	o.MaxConns, o.ConnConfig.ConnectTimeout = MostConnections, longestConnect
	pool, err := pgxpool.NewWithConfig(context.Background(), o)
	if err != nil {
		return nil, fmt.Errorf("the register: %w", err)
	}
	return &PostgreSQL{pool}, nil
}

// Close ends its connections.
func (s *PostgreSQL) Close() { s.pool.Close() }

// Where names the database, without user and password.
func (s *PostgreSQL) Where(ref string) string {
	o := s.pool.Config().ConnConfig
	return fmt.Sprintf("the register of %s in database %s at %s", ref, o.Database, o.Host)
}

// Hold writes in one transaction, under a lock of the database for the reference.
func (s *PostgreSQL) Hold(ctx context.Context, ref string, do func(Pages) error) error {
	err := s.hold(ctx, ref, do)
	if missing(err) {
		_, making := s.pool.Exec(ctx, table) // another worker may be doing so at this moment
		if err = s.hold(ctx, ref, do); missing(err) {
			err = fmt.Errorf("there is no table of the register, and it cannot be made: %w", making)
		}
	}
	return err
}

func (s *PostgreSQL) hold(ctx context.Context, ref string, do func(Pages) error) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "holdthering "+ref); err != nil {
			return err
		}
		return do(rowPages{ctx, tx, ref})
	})
}

func missing(err error) bool {
	var of *pgconn.PgError
	return errors.As(err, &of) && of.Code == undefinedTable
}

// columns are those that a part is read from.
const columns = "SELECT n, before, at, sealed, digest FROM holdthering_register WHERE ref = $1"

// All reads the rows; a register that nobody has written to yet has none.
func (s *PostgreSQL) All(ctx context.Context, ref string) ([]Part, int64, error) {
	rows, err := s.pool.Query(ctx, columns+" ORDER BY added", ref)
	var all []Part
	if err == nil {
		all, err = pgx.CollectRows(rows, part)
	}
	if missing(err) {
		return nil, 0, nil
	}
	return all, 0, err
}

func part(row pgx.CollectableRow) (p Part, err error) {
	var at string
	if err := row.Scan(&p.N, &p.Before, &at, &p.Sealed, &p.Digest); err != nil {
		return p, err
	}
	p.At, err = time.Parse(time.RFC3339Nano, at)
	return p, err
}

// rowPages are the rows of one register within a transaction.
type rowPages struct {
	ctx context.Context
	tx  pgx.Tx
	ref string
}

func (r rowPages) Has(digest string) (has bool, err error) {
	err = r.tx.QueryRow(r.ctx, "SELECT EXISTS (SELECT 1 FROM holdthering_register WHERE ref = $1 AND digest = $2)",
		r.ref, digest).Scan(&has)
	return has, err
}

func (r rowPages) After(before string) ([]Part, error) {
	rows, err := r.tx.Query(r.ctx, columns+" AND before = $2 ORDER BY added", r.ref, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, part)
}

func (r rowPages) Add(p Part) error {
	_, err := r.tx.Exec(r.ctx, "INSERT INTO holdthering_register (ref, n, before, at, sealed, digest) VALUES ($1, $2, $3, $4, $5, $6)",
		r.ref, p.N, p.Before, p.At.UTC().Format(time.RFC3339Nano), p.Sealed, p.Digest)
	return err
}
