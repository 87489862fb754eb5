using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Search;

/// <summary>A file of initial weights at the launch.</summary>
/// <param name="Fingerprint">Empty where the weights come from no file that a user named.</param>
/// <param name="Seen">Null where they come from no file that a path names.</param>
public sealed record KeyWeights(string Fingerprint, SeenFiles? Seen);

/// <summary>
/// What the keys of a sweep's runs depend on besides their configuration, as found at the launch. Runs that are proposed later get keys from it: they are
/// stored in the transaction in which another run ends, which must not wait for files.
/// </summary>
/// <param name="Fingerprint">Identifies the content of the data set.</param>
/// <param name="Data">The files of the data set; null where no path names them.</param>
/// <param name="Weights">By value of <c>pretrained</c>.</param>
/// <param name="Precisions">What <c>precision: auto</c> means, by model.</param>
public sealed record KeyInputs(
    string Fingerprint, SeenFiles? Data, IReadOnlyDictionary<string, KeyWeights> Weights, IReadOnlyDictionary<string, Precision> Precisions);
