package environ

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"holdthering/environ/hosts"
)

// CheckAddress refuses what is no address to reach or listen at, before that is tried. One of
// gRPC's own forms, such as dns:///name:7233, is left to it.
func CheckAddress(name, value string) error {
	if scheme, _, ok := strings.Cut(value, "://"); ok && scheme != "http" && scheme != "https" {
		return nil
	}
	_, digits, err := net.SplitHostPort(value)
	port, wrong := strconv.Atoi(digits)
	if err != nil || wrong != nil || port < 0 || port > 65535 || strings.ContainsAny(value, "/ \n\t") {
		return fmt.Errorf("%s is host:port, such as 127.0.0.1:7233, not %q", name, value)
	}
	return nil
}

// CheckAddresses is CheckAddress for a list of them with commas; a form of gRPC's own stands alone.
func CheckAddresses(name, value string) error {
	if !strings.Contains(value, ",") {
		return CheckAddress(name, value)
	}
	all := hosts.Split(value)
	for _, address := range all {
		if err := CheckAddress(name, address); err != nil {
			return err
		}
		if strings.Contains(address, "://") {
			return fmt.Errorf("%s names %q, which stands alone or not at all: several hosts are host:port,host:port", name, address)
		}
	}
	if len(all) == 0 {
		return fmt.Errorf("%s is host:port, or host:port,host:port, not %q", name, value)
	}
	return nil
}
