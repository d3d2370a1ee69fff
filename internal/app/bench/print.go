package bench

import (
	"fmt"
	"io"
	"runtime"
	"time"
)

// Print writes what was measured at one concurrency: the ratio, both absolutes, and each call's spread.
func Print(w io.Writer, engine, settings string, http, bare Result) {
	fmt.Fprintf(w, "\n%s (%s), %d processors, concurrency %d\n", engine, settings, runtime.NumCPU(), http.Concurrency)
	fmt.Fprintf(w, "  loops over HTTP   %8.0f /s   (%d loops of %d calls in %.1f s, %.2f ms of processor each)\n", http.Rate(), http.Loops, len(Calls),
		http.Took.Seconds(), ms(http.Each()))
	fmt.Fprintf(w, "  bare program      %8.0f /s   (the same rows in the same transactions, nothing else; %.2f ms of processor each)\n", bare.Rate(), ms(bare.Each()))
	fmt.Fprintf(w, "  ratio             %8.2f\n", http.Rate()/max(bare.Rate(), 0.001))
	fmt.Fprintf(w, "  %-14s %9s %9s %9s   ms\n", "call", "p50", "p95", "p99")
	for _, name := range Calls {
		s := http.Calls[name]
		fmt.Fprintf(w, "  %-14s %9.2f %9.2f %9.2f\n", name, ms(s.P50), ms(s.P95), ms(s.P99))
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
