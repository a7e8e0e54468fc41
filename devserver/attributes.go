package main

import (
	"context"
	"fmt"

	"go.temporal.io/api/operatorservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// addSearchAttributes registers the attributes in namespaces that an older file already holds; a
// new namespace was created with them. To add one that is there already changes nothing.
func addSearchAttributes(ctx context.Context, opts options) error {
	if len(opts.searchAttributes) == 0 {
		return nil
	}
	conn, err := grpc.NewClient(address(opts, opts.port),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	operator := operatorservice.NewOperatorServiceClient(conn)
	for _, name := range opts.namespaces {
		_, err := operator.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
			Namespace: name, SearchAttributes: opts.searchAttributes,
		}, grpc.WaitForReady(true))
		if err != nil {
			return fmt.Errorf("search attributes of namespace %s: %w", name, err)
		}
	}
	return nil
}
