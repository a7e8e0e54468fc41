package main

import (
	"fmt"
	"net"
	"strconv"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// clusterName is the name that the server's documentation gives to a cluster that stands alone.
const clusterName = "active"

// store is the name of the one data store in the server's configuration.
const store = "sqlite"

func newServer(opts options) (temporal.Server, error) {
	ports, err := internalPorts(opts)
	if err != nil {
		return nil, err
	}
	cfg := serverConfig(opts, ports)
	if err := prepareDatabase(opts, cfg.Persistence.DataStores[store].SQL); err != nil {
		return nil, err
	}
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, port := range ports {
		hosts[name] = static.SingleLocalHost(address(opts, port))
	}
	return temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger(opts)),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper {
			return authorization.NewNoopClaimMapper()
		}),
		temporal.WithDynamicConfigClient(settings(opts)),
	)
}

func serverConfig(opts options, ports map[primitives.ServiceName]int) *config.Config {
	frontend := address(opts, opts.port)
	cfg := &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     store,
			VisibilityStore:  store,
			NumHistoryShards: 1,
			DataStores:       map[string]config.DataStore{store: {SQL: sqlConfig(opts)}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{clusterName: {
				Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend,
			}},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		PublicClient:        config.PublicClient{HostPort: frontend},
		Services:            map[string]config.Service{},
	}
	cfg.Global.Membership.BroadcastAddress = opts.ip
	cfg.Archival.History.State = "disabled"
	cfg.Archival.Visibility.State = "disabled"
	cfg.NamespaceDefaults.Archival.History.State = "disabled"
	cfg.NamespaceDefaults.Archival.Visibility.State = "disabled"
	for name, port := range ports {
		rpc := config.RPC{GRPCPort: port, BindOnIP: opts.ip}
		cfg.Services[string(name)] = config.Service{RPC: rpc}
	}
	return cfg
}

func logger(opts options) log.Logger {
	cfg := log.Config{Stdout: true, Level: opts.logLevel, Format: "console"}
	if opts.logFormat == "json" {
		cfg.Format = "json"
	}
	if opts.logLevel == "never" {
		cfg.Level = "fatal"
	}
	return log.NewZapLogger(log.BuildZapLogger(cfg))
}

// internalPorts gives the frontend its asked port and each other service a free one.
func internalPorts(opts options) (map[primitives.ServiceName]int, error) {
	ports := map[primitives.ServiceName]int{primitives.FrontendService: opts.port}
	for _, name := range []primitives.ServiceName{
		primitives.HistoryService, primitives.MatchingService, primitives.WorkerService,
	} {
		listener, err := net.Listen("tcp", address(opts, 0))
		if err != nil {
			return nil, fmt.Errorf("free port for %s: %w", name, err)
		}
		defer listener.Close() // all stay open until each has its own
		ports[name] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// portsFree says in one sentence what the server itself would bury in its log.
func portsFree(opts options) error {
	ports := []int{opts.port}
	if !opts.headless {
		ports = append(ports, opts.uiPort)
	}
	for _, port := range ports {
		listener, err := net.Listen("tcp", address(opts, port))
		if err != nil {
			return fmt.Errorf("port %d cannot be used, is another server running? (%w)", port, err)
		}
		if err := listener.Close(); err != nil {
			return err
		}
	}
	return nil
}

func address(opts options, port int) string {
	return net.JoinHostPort(opts.ip, strconv.Itoa(port))
}
