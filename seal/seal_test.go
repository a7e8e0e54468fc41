package seal_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"

	"holdthering/seal"
)

type secret struct {
	Name string `json:"name"`
}

func from(path string) (seal.Keys, error) {
	return seal.FromEnv(func(name string) string {
		if name == seal.Variable {
			return path
		}
		return ""
	})
}

func newKeys(t *testing.T) seal.Keys {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a", "key")
	require.NoError(t, seal.Make(path))
	keys, err := from(path)
	require.NoError(t, err)
	return keys
}

func TestAValueIsSealedAndATextOfTheUIIsNot(t *testing.T) {
	c := seal.NewConverter(newKeys(t), nil)
	ps, err := c.ToPayloads(secret{"QZXMARK"}, &secret{"QZXMARK"}, []secret{{"QZXMARK"}}, "a summary", nil)
	require.NoError(t, err)
	for i, p := range ps.Payloads {
		require.NotContains(t, string(p.Data), "QZXMARK")
		require.Equal(t, i < 3, c.ToString(p) == "(sealed)")
	}
	require.Equal(t, `"a summary"`, string(ps.Payloads[3].Data))
	var a, b secret
	require.NoError(t, c.FromPayloads(ps, &a, &b))
	require.Equal(t, secret{"QZXMARK"}, a)
	require.Equal(t, a, b)
}

func TestWhatTheUIAsksOfTheSDKStaysReadable(t *testing.T) {
	board, err := converter.GetDefaultDataConverter().ToPayload(map[string]string{"currentDetails": "who owes what"})
	require.NoError(t, err)
	sent, err := seal.NewConverter(newKeys(t), nil).ToPayload(converter.NewRawValue(board))
	require.NoError(t, err)
	require.Contains(t, string(sent.Data), "who owes what")
}

func TestWhatWasNeverSealedIsRead(t *testing.T) {
	ps, err := converter.GetDefaultDataConverter().ToPayloads(secret{"x"})
	require.NoError(t, err)
	var got secret
	require.NoError(t, seal.NewConverter(newKeys(t), nil).FromPayloads(ps, &got))
	require.Equal(t, "x", got.Name)
}

func TestANewKeySealsAndTheOldOneStillOpens(t *testing.T) {
	dir := t.TempDir()
	old, young := filepath.Join(dir, "old"), filepath.Join(dir, "young")
	require.NoError(t, seal.Make(old))
	require.NoError(t, seal.Make(young))
	first, err := from(old)
	require.NoError(t, err)
	sealed, err := seal.NewConverter(first, nil).ToPayloads(secret{"x"})
	require.NoError(t, err)
	_, err = from(young)
	require.NoError(t, err)
	was, _ := os.ReadFile(old)
	now, _ := os.ReadFile(young)
	require.NoError(t, os.WriteFile(old, append(now, was...), 0o600))
	both, err := from(old)
	require.NoError(t, err)
	require.Equal(t, first[0].ID, both[1].ID)
	var got secret
	require.NoError(t, seal.NewConverter(both, nil).FromPayloads(sealed, &got))
	require.Equal(t, "x", got.Name)
}

func TestWithoutItsKeyAValueIsAnErrorAndHoldsWhatTheErrorWouldEnd(t *testing.T) {
	sealed, err := seal.NewConverter(newKeys(t), nil).ToPayloads(secret{"x"})
	require.NoError(t, err)
	var got secret
	err = seal.NewConverter(newKeys(t), nil).FromPayloads(sealed, &got)
	require.ErrorContains(t, err, seal.Variable)
	ends := func(v any) bool { _, ok := v.(*secret); return ok }
	require.Panics(t, func() { _ = seal.NewConverter(newKeys(t), ends).FromPayloads(sealed, &got) })
}

func TestAChangedPayloadIsNotTaken(t *testing.T) {
	keys := newKeys(t)
	sealed, err := seal.NewConverter(keys, nil).ToPayloads(secret{"x"})
	require.NoError(t, err)
	sealed.Payloads[0].Data[20] ^= 1
	var got secret
	require.Error(t, seal.NewConverter(keys, nil).FromPayloads(sealed, &got))
}

func TestProgramsThatStartAtOnceComeToOneKeyThatItsOwnerAloneCanRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "holdthering", "key")
	ids := make([]string, 20)
	var wait sync.WaitGroup
	for i := range ids {
		wait.Go(func() {
			if seal.Make(path) != nil {
				return
			}
			keys, err := from(path)
			if err == nil {
				ids[i] = keys[0].ID
			}
		})
	}
	wait.Wait()
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestAKeyFileThatIsNoneIsSaidSo(t *testing.T) {
	for _, content := range []string{"", "xyz", strings.Repeat("0", 62)} {
		path := filepath.Join(t.TempDir(), "key")
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := from(path)
		require.ErrorContains(t, err, path)
	}
	keys, err := from(seal.Open)
	require.NoError(t, err)
	require.Empty(t, keys)
	require.Equal(t, converter.GetDefaultDataConverter(), seal.NewConverter(keys, nil))
}

func TestAKeyThatIsMissingIsAnErrorAndNeverMadeWhereItIsNamed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("AppData", filepath.Join(home, "config"))
	named := filepath.Join(home, "kye")
	for _, get := range []func(func(string) string) (seal.Keys, error){seal.FromEnv, seal.FirstFromEnv} {
		_, err := get(func(string) string { return named })
		var missing *seal.Missing
		require.ErrorAs(t, err, &missing)
		require.True(t, missing.Named)
		require.ErrorContains(t, err, named)
		require.NoFileExists(t, named)
	}
	nothing := func(string) string { return "" }
	_, err := seal.FromEnv(nothing)
	var missing *seal.Missing
	require.ErrorAs(t, err, &missing)
	require.NoFileExists(t, missing.Path)
	made, err := seal.FirstFromEnv(nothing)
	require.NoError(t, err)
	again, err := seal.FirstFromEnv(nothing)
	require.NoError(t, err)
	require.Equal(t, made[0].ID, again[0].ID)
}
