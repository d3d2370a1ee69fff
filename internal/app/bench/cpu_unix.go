//go:build unix

package bench

import (
	"syscall"
	"time"
)

// processorTime is what this process has used of the processors so far. Unlike a rate it hardly depends on what else
// the machine is doing.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
