namespace Experiments.Contracts.Runs;

/// <summary>The kinds of files that determine a run's result.</summary>
public enum RunInput
{
    /// <summary>The images of a data set that a path names.</summary>
    Data,

    /// <summary>The file of initial weights that a path names.</summary>
    Weights,
}

/// <summary>The files that a run's key covers, as the Orchestrator saw them when it planned the run.</summary>
/// <param name="Data">Null where the data set is built in or downloaded.</param>
/// <param name="Weights">Null where the initial weights come from no file that a path names.</param>
public sealed record RunInputs(SeenFiles? Data, SeenFiles? Weights);

/// <summary>The metadata of some files, without their contents.</summary>
/// <param name="Stamp">A digest of their names, sizes and times of change.</param>
/// <param name="Sizes">The same without the times: a copy on another machine need not have kept them.</param>
/// <param name="Count">The number of files.</param>
/// <param name="Bytes">Their total size.</param>
/// <param name="Newest">The latest time of change among them, in ticks (UTC).</param>
public sealed record SeenFiles(string Stamp, string Sizes, int Count, long Bytes, long Newest);

/// <summary>Request of a worker that sees other modification times than the Orchestrator did: what is the digest of the input's content? Answered by <see cref="InputContent"/>.</summary>
public sealed record DescribeInput(string RunId, RunInput Input);

/// <summary>Answers <see cref="DescribeInput"/>. While the files are still being read, both are null, and the worker asks again.</summary>
/// <param name="Digest">The digest of the content of the files that the run's key covers.</param>
/// <param name="Problem">Why it cannot be computed: the files have changed since the run was planned.</param>
public sealed record InputContent(string? Digest, string? Problem);
