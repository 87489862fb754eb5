namespace Experiments.Standalone.Commands;

/// <summary>The parsed command line.</summary>
/// <param name="SweepFile">The sweep to launch; null to serve only.</param>
/// <param name="Data">The folder for database, artifacts and checkpoints.</param>
/// <param name="Weights">A folder with published weights; null for none.</param>
/// <param name="Exit">End the process when the sweep ends.</param>
/// <param name="Verbose">Write the log to the terminal.</param>
/// <param name="Settings">Arguments for the host, such as <c>--Worker:Threads=4</c>.</param>
internal sealed record ServeOptions(string? SweepFile, string Data, string? Weights, bool Exit, bool Verbose, IReadOnlyList<string> Settings);
