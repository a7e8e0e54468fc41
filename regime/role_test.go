package regime

import "testing"

func TestARoleThatDoesNotExistIsRefusedByTheLoaderAndTheCode(t *testing.T) {
	var a Audience
	for _, text := range []string{"membres", "members:boss", "", ":duty", "members:"} {
		if err := a.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for %+v", text, a)
		}
	}
	if err := a.UnmarshalText([]byte("owner:executive")); err != nil || a.String() != "owner:executive" {
		t.Errorf("%v, %v", a, err)
	}
	defer func() {
		if recover() == nil {
			t.Error("the code tells a role that does not exist, and nobody hears")
		}
	}()
	Role("membres").Must()
}

func TestEveryRoleStandsOnceInTheTableWithItsWords(t *testing.T) {
	seen := map[Role]bool{}
	for _, row := range RoleRows {
		if seen[row.Role] || row.Words == "" || !row.InCase && !row.InGroup {
			t.Errorf("%+v", row)
		}
		seen[row.Role] = true
	}
}
