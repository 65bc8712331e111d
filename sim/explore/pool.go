package explore

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// inOrder does n jobs with a pool of workers and returns what came of each, in
// order of index. The error is that of the first job by index that failed, or
// the context's.
func inOrder[T any](ctx context.Context, workers, n int, job func(i int) (T, error)) ([]T, error) {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	results, errs := make([]T, n), make([]error, n)
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(workers, n) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				results[i], errs[i] = job(i)
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}
