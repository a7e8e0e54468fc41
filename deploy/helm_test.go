package deploy_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"holdthering/register"
)

// chart is as much of the values for Temporal's own Helm chart as these tests look at.
type chart struct {
	Server struct {
		Image        struct{ Tag string }
		ReplicaCount int `yaml:"replicaCount"`
		Config       struct {
			Persistence struct {
				NumHistoryShards int `yaml:"numHistoryShards"`
				Datastores       map[string]struct {
					SQL struct {
						MaxConns     int `yaml:"maxConns"`
						MaxIdleConns int `yaml:"maxIdleConns"`
					}
				}
			}
		}
		DynamicConfig map[string]any `yaml:"dynamicConfig"`
	}
}

// TestTheHelmChartIsGivenWhatTheCompositionSets: the same pools, shards, release and dynamic configuration, and together
// no more connections than the database takes, with two workers' registers in it and twenty for who looks.
func TestTheHelmChartIsGivenWhatTheCompositionSets(t *testing.T) {
	var c chart
	if err := yaml.Unmarshal([]byte(read(t, "deploy/temporal-helm.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	services := parsed(t).Services
	env, p := services["temporal"].Environment, c.Server.Config.Persistence
	for name, want := range map[string][2]string{"default": {env["SQL_MAX_CONNS"], env["SQL_MAX_IDLE_CONNS"]},
		"visibility": {env["SQL_VIS_MAX_CONNS"], env["SQL_VIS_MAX_IDLE_CONNS"]}} {
		sql := p.Datastores[name].SQL
		if got := [2]string{fmt.Sprint(sql.MaxConns), fmt.Sprint(sql.MaxIdleConns)}; got != want {
			t.Errorf("%s: a pool of %v, and %v in the composition", name, got, want)
		}
	}
	if fmt.Sprint(p.NumHistoryShards) != env["NUM_HISTORY_SHARDS"] {
		t.Errorf("%d shards, and %s in the composition", p.NumHistoryShards, env["NUM_HISTORY_SHARDS"])
	}
	if !strings.HasSuffix(services["temporal"].Image, ":"+c.Server.Image.Tag) {
		t.Errorf("release %s, and %s in the composition", c.Server.Image.Tag, services["temporal"].Image)
	}
	var dynamic map[string]any
	if err := yaml.Unmarshal([]byte(read(t, "deploy/dynamicconfig.yaml")), &dynamic); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(dynamic, c.Server.DynamicConfig) {
		t.Errorf("%v, and %v in the composition", c.Server.DynamicConfig, dynamic)
	}
	const services4, workers, looking = 4, 2, 20
	all := services4*c.Server.ReplicaCount*(p.Datastores["default"].SQL.MaxConns+p.Datastores["visibility"].SQL.MaxConns) +
		workers*register.MostConnections + looking
	if most := mostConnections(t); c.Server.ReplicaCount < 2 || all > most {
		t.Errorf("%d replicas take %d connections of %d", c.Server.ReplicaCount, all, most)
	}
}
