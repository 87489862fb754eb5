using Experiments.Benchmarks;
using Experiments.Benchmarks.Chaos;
using Experiments.Benchmarks.Device;
using Experiments.Benchmarks.Load;
using Experiments.Benchmarks.Pages;
using Experiments.Benchmarks.Search;
using Experiments.Benchmarks.Training;

return args switch
{
    ["expand", .. string[] rest] => Run(() => ExpandBenchmark.Run(Number(rest, 100_000))),
    ["launch", .. string[] rest] => await RunAsync(() => LaunchBenchmark.RunAsync(Number(rest, 10_000))),
    ["archiver", .. string[] rest] => await RunAsync(() => ArchiverBenchmark.RunAsync(Number(rest, 500_000))),
    ["archiver-lag", .. string[] rest] => await RunAsync(() => ArchiverLagBenchmark.RunAsync(Number(rest, 20_000))),
    ["heartbeats", .. string[] rest] => await RunAsync(() => HeartbeatBenchmark.RunAsync(Number(rest, 1_000))),
    ["noop", .. string[] rest] => await RunAsync(() => NoopBenchmark.RunAsync(rest)),
    [NoopWorker.Command, .. string[] rest] => await NoopWorker.RunAsync(rest),
    [PacedWorker.Command, .. string[] rest] => await PacedWorker.RunAsync(rest),
    ["pages", .. string[] rest] => await RunAsync(() => PagesBenchmark.RunAsync(Number(rest, 10_000))),
    ["runs", .. string[] rest] => await RunAsync(() => RunsBenchmark.RunAsync(Number(rest, 1_000))),
    ["training", .. string[] rest] when rest.Length > 0 => Run(() => TrainingCommand.Run(rest)),
    ["recipe", .. string[] rest] when rest.Length > 1 => Run(() => RecipeBenchmark.Run(rest)),
    ["execution", .. string[] rest] => Run(() => ExecutionBenchmark.Run(rest)),
    ["memory", "--peer", .. string[] rest] when rest.Length > 0 => await RunAsync(() => ModelMemoryBenchmark.RunAsync(rest)),
    [ModelMemoryBenchmark.Command, .. string[] rest] => Run(() => ModelMemoryBenchmark.Train(rest)),
    ["memory", .. string[] rest] => Run(() => MemoryBenchmark.Run(Number(rest, 20_000))),
    ["search", .. string[] rest] when rest.Length > 0 => Run(() => SearchCommand.Run(rest)),
    ["device", .. string[] rest] => DeviceCommand.Run(rest),
    ["chaos", .. string[] rest] => await ChaosCommand.RunAsync(rest),
    _ => Usage(),
};

static int Number(string[] rest, int standard) =>
    rest.Length == 0 ? standard : int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture);

static int Run(Action benchmark)
{
    benchmark();
    return 0;
}

static async Task<int> RunAsync(Func<Task> benchmark)
{
    await benchmark();
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project benchmarks -- COMMAND [NUMBER]
          expand    [100000]  cells: reading and expanding a sweep
          launch    [10000]   runs: POST /api/sweeps until 201, then until all tickets are out
          archiver  [500000]  points: from the metric stream into the database
          archiver-lag [20000]
                              points/s: sent for 60 s over Redis; the lag of the database
          heartbeats [1000]   workers that send one every 5 s over RabbitMQ: the CPU use of the Orchestrator
          noop      [10000] [--peer celery_noop.py]
                              runs that end immediately, with 4 worker processes over RabbitMQ: runs/s, next to the peer's tasks/s
          pages     [10000]   runs in a sweep: load times of the dashboard's pages in Chromium, their cost, the delay of live points
          runs      [1000]    runs: claim, one epoch and end of each, by one scripted worker
          memory    [20000]   images of 224 pixels: the peak memory of training on them
          memory    --peer torch_train.py [MODEL ...]
                              peak memory of training vgg16 and resnet50 at 224 pixels, next to the peer's
          chaos     [200]     faults [--seed N] [--workers N] [--lease SECONDS] [--report FILE]
                              kills and wipes processes of the distributed form, then checks that nothing was lost, duplicated or changed
          device    [cpu|cuda:N] [--short] [--out FOLDER]
                              checks and measures this machine's device: agreement with the CPU, resuming, memory, rates, waiting for images
          search    functions [--seeds 50] [--peer optuna_peer.py]
                              samplers on analytic functions: median regret after 30 and 100 runs with 1, 8 and 64 workers, next to Optuna's
          search    record FOLDER [--limit 2000] [--curves FILE] [--configurations N]
                              trains a grid of 216 configurations for 27 epochs each on class folders, and stores their curves; continues a file
          search    replay [--curves FILE] [--seeds 50] [--peer optuna_peer.py]
                              samplers and stopping rules on the recorded curves, in simulated time
          training  FOLDER [--limit N] [--rounds N] [--batch N] [--models small_cnn,resnet18] [--peer torch_train.py] [--only bare]
                              images/s of the bare step and end to end, on class folders train and test
          recipe    FOLDER WEIGHTS [--limit N] [--peer benchmarks/Training/cifar10_freeze.py]
                              seconds of each epoch of the recipe cifar10-freeze, on class folders train and val
          execution [MODEL ...]
                              images/s of each architecture's step with channels last, bfloat16 and both, as ratios to neither
        """);
    return 2;
}
