using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Requests for the starting points of a new sweep.</content>
public sealed partial class OrchestratorClient
{
    /// <summary>The newest sweeps with these words in name, tags, notes or data set; the newest of all for no words.</summary>
    public Task<Page<SweepView>> FindSweepsAsync(string words, int take, CancellationToken cancellationToken) =>
        GetAsync<Page<SweepView>>(
            QueryText.With("api/sweeps", ("q", string.IsNullOrWhiteSpace(words) ? null : words.Trim()), ("take", Text(take))), cancellationToken);
}
