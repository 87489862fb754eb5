#:sdk Aspire.AppHost.Sdk@13.5.2
#:package Aspire.Hosting.Redis@13.5.2
#:package Aspire.Hosting.RabbitMQ@13.5.2

// The map of the system: what runs, what talks to what, what waits for what.
//
//   dotnet run AppHost/apphost.cs
//
// Settings, as arguments (--Workers:Cpu=2) or environment variables (Workers__Cpu=2):
//   ConnectionStrings:rabbitmq   a broker that is there already, instead of a container
//   ConnectionStrings:redis      a Redis that is there already, instead of a container
//   Workers:Gpus                 how many GPUs to use; by default all that this machine has
//   Workers:Cpu                  how many workers train on the CPU; by default 1 when there is no GPU
//   Storage:Root                 the folder of everything that is kept; by default data in the repository
//   Artifacts:Root               the folder of what runs leave behind; by default artifacts in Storage:Root
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

string storageRoot = Path.GetFullPath(Setting("Storage:Root") ?? Path.Combine(builder.AppHostDirectory, "..", "data"));
string artifactsRoot = Path.GetFullPath(Setting("Artifacts:Root") ?? Path.Combine(storageRoot, "artifacts"));
int gpus = Count("Workers:Gpus") ?? CountGpus();
int cpuWorkers = Count("Workers:Cpu") ?? (gpus == 0 ? 1 : 0);

// Metrics on their way from workers to the archive and to open pages.
IResourceBuilder<IResourceWithConnectionString> redis = IsGiven("redis")
    ? builder.AddConnectionString("redis")
    : builder.AddRedis("redis").WithDataVolume().WithPersistence(TimeSpan.FromSeconds(10), keysChangedThreshold: 100);

// Tickets, claims, heartbeats, reports. No data volume: the Orchestrator sends again what a broker lost.
IResourceBuilder<IResourceWithConnectionString> rabbitMq = IsGiven("rabbitmq")
    ? builder.AddConnectionString("rabbitmq")
    : builder.AddRabbitMQ("rabbitmq").WithManagementPlugin();

// Owns every state change, and serves the API.
IResourceBuilder<ProjectResource> orchestrator = builder
    .AddProject("orchestrator", "../Orchestrator/Orchestrator.csproj", launchProfileName: null)
    .WithHttpEndpoint(port: 5081)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Storage__Root", storageRoot)
    .WithEnvironment("Artifacts__Root", artifactsRoot)
    // What the others call it where it is published; the machine's own names are allowed anyway.
    .WithEnvironment("AllowedHosts", "orchestrator")
    .WithReference(rabbitMq).WaitFor(rabbitMq)
    .WithReference(redis).WaitFor(redis);

// One worker per GPU; each sees its own alone, as cuda:0.
List<IResourceBuilder<ProjectResource>> workers = [];
for (int gpu = 0; gpu < gpus; gpu++)
{
    AddWorker($"worker-gpu{gpu}")
        .WithEnvironment("CUDA_VISIBLE_DEVICES", Text(gpu))
        .WithEnvironment("Worker__Device", "cuda:0");
}

// Workers on the CPU share its cores evenly.
for (int cpu = 0; cpu < cpuWorkers; cpu++)
{
    AddWorker($"worker-cpu{cpu}")
        .WithEnvironment("CUDA_VISIBLE_DEVICES", "")
        .WithEnvironment("Worker__Device", "cpu")
        .WithEnvironment("Worker__Threads", Text(Math.Max(1, Environment.ProcessorCount / cpuWorkers)));
}

// What people look at.
builder.AddProject("dashboard", "../Dashboard/Dashboard.csproj", launchProfileName: null)
    .WithHttpEndpoint(port: 5082)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(redis).WaitFor(redis)
    .WithReference(orchestrator).WaitFor(orchestrator);

await builder.Build().RunAsync();

IResourceBuilder<ProjectResource> AddWorker(string name)
{
    IResourceBuilder<ProjectResource> worker = builder
        .AddProject(name, "../GpuWorker/GpuWorker.csproj", launchProfileName: null)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Artifacts__Root", artifactsRoot)
        // MSBuild takes properties from the environment: where there is a GPU, workers are built with the CUDA libraries.
        .WithEnvironment("UseCuda", gpus > 0 ? "true" : "false")
        .WithReference(rabbitMq).WaitFor(rabbitMq)
        .WithReference(redis).WaitFor(redis)
        // Each resource builds its project when it starts, and two builds of one project get in each other's way.
        .WaitFor(workers.Count == 0 ? orchestrator : workers[0]);
    workers.Add(worker);
    return worker;
}

bool IsGiven(string name) => !string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name));

string? Setting(string key) => builder.Configuration[key] is { Length: > 0 } value ? value : null;

int? Count(string key)
{
    if (Setting(key) is not { } text)
    {
        return null;
    }

    return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 64
        ? count
        : throw new InvalidOperationException($"{key} is '{text}'; it should be a number from 0 to 64.");
}

static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

// Linux shows NVIDIA's devices as files; elsewhere its own tool lists them, one a line.
static int CountGpus()
{
    if (Directory.Exists("/dev"))
    {
        int devices = Directory.GetFiles("/dev", "nvidia*").Count(path => int.TryParse(Path.GetFileName(path)["nvidia".Length..], out _));
        if (devices > 0)
        {
            return devices;
        }
    }

    try
    {
        using Process? tool = Process.Start(new ProcessStartInfo("nvidia-smi", "-L") { RedirectStandardOutput = true, RedirectStandardError = true });
        string list = tool?.StandardOutput.ReadToEnd() ?? "";
        return list.Split('\n').Count(line => line.StartsWith("GPU ", StringComparison.Ordinal));
    }
    catch (System.ComponentModel.Win32Exception)
    {
        // There is no such tool, so there is no such GPU.
        return 0;
    }
}
