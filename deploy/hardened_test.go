package deploy_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/register"
)

// TestEveryServiceGivesUpWhatItDoesNotNeed lists what each keeps: more is to be argued for here.
func TestEveryServiceGivesUpWhatItDoesNotNeed(t *testing.T) {
	writes := []string{"temporal-ui"}
	keeps := map[string][]string{"postgresql": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
		"proxy": {"NET_BIND_SERVICE"}}
	for name, s := range parsed(t).Services {
		if s.ReadOnly == slices.Contains(writes, name) || !slices.Equal(s.CapDrop, []string{"ALL"}) ||
			!slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}) || !slices.Equal(s.CapAdd, keeps[name]) {
			t.Errorf("%s: read-only %t, drops %s, keeps %s, %s", name, s.ReadOnly, s.CapDrop, s.CapAdd, s.SecurityOpt)
		}
		if !slices.Contains(s.Tmpfs, "/tmp") {
			t.Errorf("%s has nowhere to put what is for the moment", name)
		}
	}
}

func TestEveryServiceThatStaysSaysHowItIs(t *testing.T) {
	c := parsed(t)
	ends := []string{"temporal-schema", "temporal-namespace", "codec"}
	for name, s := range c.Services {
		if (s.HealthCheck == nil) != (slices.Contains(ends, name) || name == "temporal-ui") {
			t.Errorf("%s: %+v", name, s.HealthCheck)
		}
	}
	for _, name := range []string{"worker", "worker-before", "pages"} {
		_, port, _ := strings.Cut(c.Services[name].Environment["HTR_METRICS_ADDRESS"], ":")
		if test := c.Services[name].HealthCheck.Test; !slices.Equal(test, []string{"CMD", "worker", "--probe", "127.0.0.1:" + port}) {
			t.Errorf("%s is asked by %s", name, test)
		}
	}
}

func TestTheDeskIsReachedByTheProxyAloneWhichSaysWhoActs(t *testing.T) {
	c := parsed(t)
	desk, proxy := c.Services["desk"], c.Services["proxy"]
	if len(desk.Ports) > 0 || !slices.Contains(desk.Networks, "desk") {
		t.Errorf("%+v", desk)
	}
	for name, s := range c.Services {
		if slices.Contains(s.Networks, "desk") && name != "desk" && name != "proxy" {
			t.Errorf("%s could say that it is anybody", name)
		}
	}
	i := slices.Index(desk.Entrypoint, "--user-header")
	if i < 0 || !strings.Contains(read(t, "deploy/proxy/Caddyfile"), "header_up "+desk.Entrypoint[i+1]+" {http.auth.user.id}") {
		t.Errorf("the desk does not believe the header that the proxy sets: %s", desk.Entrypoint)
	}
	if slices.Contains(proxy.Networks, "default") || slices.Contains(proxy.Secrets, "payloads") {
		t.Errorf("what the world reaches also reaches the server: %+v", proxy)
	}
}

// TestTheProxySignsPeopleInAtTheDesk has Caddy itself read its file, where it is installed.
func TestTheProxySignsPeopleInAtTheDesk(t *testing.T) {
	caddy, err := exec.LookPath("caddy")
	if err != nil {
		t.Skip("caddy is not installed (apt-get install caddy)")
	}
	dir := t.TempDir()
	file := read(t, "deploy/proxy/Caddyfile")
	if v, err := exec.Command(caddy, "version").Output(); err != nil || strings.HasPrefix(strings.TrimPrefix(string(v), "v"), "2.6") {
		file = strings.Replace(file, "basic_auth {", "basicauth {", 1) // its name before 2.8
	}
	users := filepath.Join(dir, "users")
	hash := "$2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG"
	for path, text := range map[string]string{filepath.Join(dir, "Caddyfile"): file, users: "duty.officer " + hash + "\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	adapt := exec.Command(caddy, "adapt", "--validate", "--config", filepath.Join(dir, "Caddyfile"), "--adapter", "caddyfile")
	adapt.Env = append(os.Environ(), "HTR_DESK_USERS="+users, "HTR_DESK_HOST=desk.ring.example", "HTR_PAGES_HOST=ring.example",
		"HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	var errs strings.Builder
	adapt.Stderr = &errs
	out, err := adapt.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	var routes struct {
		Apps struct {
			HTTP struct {
				Servers map[string]struct {
					Routes []json.RawMessage
				}
			}
		}
	}
	if err := json.Unmarshal(out, &routes); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, s := range routes.Apps.HTTP.Servers {
		for _, r := range s.Routes {
			text := string(r)
			if !strings.Contains(text, "desk.ring.example") {
				if !strings.Contains(text, "pages:8027") || strings.Contains(text, "desk:8235") {
					t.Errorf("members are led to %s", text)
				}
				continue
			}
			found++
			signs, passes := strings.Index(text, `"handler":"authentication"`), strings.Index(text, `"handler":"reverse_proxy"`)
			if signs < 0 || passes < signs || !strings.Contains(text, `"set":{"X-Ring-User":["{http.auth.user.id}"]}`) ||
				!strings.Contains(text, `"duty.officer"`) {
				t.Errorf("whoever asks reaches the desk, as anybody: %s", text)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d ways lead to the desk:\n%s", found, out)
	}
}

// TestTwoHostsOfTemporalStayWithinWhatTheDatabaseTakes: each of the server's four services has a pool for each of
// the two databases, and two workers may keep the register there; what is left over is for backups, who looks, and
// PostgreSQL's own.
func TestTwoHostsOfTemporalStayWithinWhatTheDatabaseTakes(t *testing.T) {
	services := parsed(t).Services
	number := func(text string) int { return numberOf(t, text) }
	env := services["temporal"].Environment
	host := 4 * (number(env["SQL_MAX_CONNS"]) + number(env["SQL_VIS_MAX_CONNS"]))
	if most := mostConnections(t); 2*host+2*register.MostConnections+20 > most {
		t.Errorf("two hosts take %d connections of %d", 2*host, most)
	}
}

// mostConnections is how many the composition has its database take.
func mostConnections(t *testing.T) int {
	t.Helper()
	command := parsed(t).Services["postgresql"].Command
	_, most, _ := strings.Cut(command[len(command)-1], "max_connections=")
	return numberOf(t, most)
}

func numberOf(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil || n == 0 {
		t.Fatalf("%q is no number", text)
	}
	return n
}
