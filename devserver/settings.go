package main

import (
	"time"

	"go.temporal.io/server/common/dynamicconfig"
)

// settings are the dynamic configuration: ours, and over it what the command line gives.
func settings(opts options) dynamicconfig.StaticClient {
	client := dynamicconfig.StaticClient{
		// A search attribute can be used at once after it is registered; one process can afford it.
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		// A meeting sends many updates to one case at a time. With the default of 10 the eleventh
		// can stall for most of a minute.
		dynamicconfig.WorkflowExecutionMaxInFlightUpdates.Key(): 200,
		// A case whose code fails shows as a problem after two attempts, seconds not minutes.
		dynamicconfig.NumConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute.Key(): 2,
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key():               100,
	}
	if len(opts.timeSkipping) > 0 {
		skipTime(client, opts.timeSkipping)
	}
	for key, value := range opts.dynamicConfig {
		client[dynamicconfig.MakeKey(key)] = value
	}
	return client
}

// skipTime allows the skipping of time in the named namespaces, and makes a skip quick.
func skipTime(client dynamicconfig.StaticClient, namespaces []string) {
	client[dynamicconfig.WorkflowTimeSkippingEnabled.Key()] = only(namespaces, true)
	// The name that the setting has in later servers.
	client[dynamicconfig.MakeKey("system.workflowTimeSkippingEnabled")] = only(namespaces, true)
	// By default a run that continues as new within a second of real time makes the next run wait,
	// and a run that waits so is skipped past all its timers to the end of the fast-forward.
	client[dynamicconfig.WorkflowIdReuseMinimalInterval.Key()] = only(namespaces, 0*time.Second)
	// A timer that becomes due at once is not read before this much time has gone by; it guards
	// against clocks that differ between hosts, and here there is one host. The default is 1 s.
	client[dynamicconfig.TimerProcessorMaxTimeShift.Key()] = 10 * time.Millisecond
	// Each skip reads the timer queue some times; the default of 20 a second would slow it down.
	client[dynamicconfig.TimerProcessorMaxPollRPS.Key()] = 1000
}

// only is a setting that has the value in the namespaces, and its default everywhere else.
func only(namespaces []string, value any) []dynamicconfig.ConstrainedValue {
	var values []dynamicconfig.ConstrainedValue
	for _, name := range namespaces {
		constraints := dynamicconfig.Constraints{Namespace: name}
		values = append(values, dynamicconfig.ConstrainedValue{Constraints: constraints, Value: value})
	}
	return values
}
