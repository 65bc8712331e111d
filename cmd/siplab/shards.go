package main

// shardsHelp says how a sweep is spread over processors and machines.
const shardsHelp = `A sweep in parts. --shard 3/16 makes every sixteenth run, from the third on: the
sixteen parts have the same runs as one process would have made. siplab merge adds
up whole numbers, so that what comes of it is the same to the byte, in whatever
order the parts are named. A part that was killed goes on where it stopped when
its command is given again.

ON ONE MACHINE, with xargs

  seq 16 | xargs -P 4 -I N siplab sweep my.siplab \
    --vary "loss 0%..50% step 5%" --runs 100000 --workers 1 --shard N/16 -o part-N.jsonl
  siplab merge part-*.jsonl -o whole.jsonl

ON A CLUSTER, as a Slurm array: sweep.sh

  #!/bin/sh
  #SBATCH --array=1-16 --cpus-per-task=4 --time=1:00:00 --requeue
  exec siplab sweep my.siplab --vary "loss 0%..50% step 5%" --runs 1000000 \
    --workers "$SLURM_CPUS_PER_TASK" --shard "$SLURM_ARRAY_TASK_ID/16" \
    -o "part-$SLURM_ARRAY_TASK_ID.jsonl"

  sbatch --wait sweep.sh && siplab merge part-*.jsonl -o whole.jsonl

IN KUBERNETES, as an Indexed Job, whose index begins at 0; the claim is a volume
that all pods may write

  apiVersion: batch/v1
  kind: Job
  metadata: {name: sweep}
  spec:
    completions: 16
    parallelism: 16
    completionMode: Indexed
    backoffLimitPerIndex: 3
    template:
      spec:
        restartPolicy: Never
        containers:
        - name: siplab
          image: siplab
          workingDir: /sweep
          command: [sh, -c]
          args:
          - exec siplab sweep my.siplab --vary "loss 0%..50% step 5%" --runs 1000000
            --shard $((JOB_COMPLETION_INDEX + 1))/16 -o part-$JOB_COMPLETION_INDEX.jsonl
          volumeMounts: [{name: sweep, mountPath: /sweep}]
        volumes:
        - name: sweep
          persistentVolumeClaim: {claimName: sweep}

Then, where the volume is mounted

  siplab merge part-*.jsonl -o whole.jsonl

THE LINES

The first line says which sweep it is: siplab_sweep (1), title, vary, runs (in all
parts together), shard, shards, scenario. Then comes a line for each point: point,
at, runs, packets, sessions, established, redirected, srd, srd_failed,
registrations, registered, rrd, unfinished. A distribution of delays has their sum
in nanoseconds, pairs of a millisecond and a count, and what some of them waited
for: which timer of which host had fired last, at which millisecond, for how many.
`
