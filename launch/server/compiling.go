package server

// all are the modules that the server is made of; of Go's own packages there are builds already.
var all = []string{
	"cloud.google.com/...", "github.com/...", "go.opentelemetry.io/...", "go.temporal.io/...", "go.uber.org/...", "golang.org/...",
	"google.golang.org/...", "gopkg.in/...", "modernc.org/...",
}

// idle are packages that the server compiles and hardly runs: the clouds' clients, where history is archived and
// workers are started elsewhere; stores, databases and ways of replication that this server never opens.
var idle = []string{
	"cloud.google.com/...", "github.com/GoogleCloudPlatform/...", "github.com/apache/thrift/...", "github.com/aws/...",
	"github.com/cncf/...", "github.com/envoyproxy/...", "github.com/gocql/...", "github.com/google/s2a-go/...",
	"github.com/googleapis/...", "github.com/olivere/...", "github.com/spiffe/...", "github.com/stretchr/...",
	"github.com/temporalio/tchannel-go/...", "go.opentelemetry.io/contrib/...", "go.opentelemetry.io/otel/semconv/...",
	"go.temporal.io/api/temporalproto/openapi", "go.temporal.io/server/common/archiver/...",
	"go.temporal.io/server/common/persistence/cassandra", "go.temporal.io/server/common/persistence/visibility/store/elasticsearch/...",
	"go.temporal.io/server/service/history/replication/...", "go.temporal.io/server/tools/...", "google.golang.org/api/...",
	"google.golang.org/genproto/...",
}

// compiling is how the programs are compiled. Optimising takes most of the time, and debugging information that
// the linker leaves out a part; neither changes what the server does, so that a build of other flags stays good.
func compiling() []string {
	out := []string{"-tags", "disable_grpc_modules", "-trimpath"}
	for _, p := range all {
		out = append(out, "-gcflags="+p+"=-dwarf=false")
	}
	for _, p := range idle {
		out = append(out, "-gcflags="+p+"=-dwarf=false -N -l") // the last that fits a package holds
	}
	return out
}
