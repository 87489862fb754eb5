using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>A process with Debian's <c>python3-optuna</c> that runs <c>optuna_peer.py</c>. It serves one search after the other.</summary>
/// <param name="script">The path of <c>optuna_peer.py</c>.</param>
internal sealed class OptunaPeer(string script) : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process = Process.Start(new ProcessStartInfo(Python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <param name="kind"><c>default</c>, or <c>multivariate</c> for that with a constant liar.</param>
    public IProposer Search(string kind, SearchSpace space, int seed)
    {
        Dictionary<string, object> axes = space.Dimensions.ToDictionary(dimension => dimension.Name, Axis);
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"new {seed} {kind} {JsonSerializer.Serialize(axes)}"));
        return new Proposer(this);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static object Axis(Dimension dimension) => dimension switch
    {
        RealDimension { Step: null } real => new { type = "real", min = real.Min, max = real.Max, log = real.IsLog },
        IntegerDimension { Step: 1 } integer => new { type = "integer", min = integer.Min, max = integer.Max, log = integer.IsLog },
        ChoiceDimension choice => new { type = "choice", count = choice.Count },
        _ => throw new NotSupportedException($"the peer has no dimension like {dimension}"),
    };

    private sealed class Proposer(OptunaPeer peer) : IProposer
    {
        public Point Ask()
        {
            peer._process.StandardInput.WriteLine("ask");
            string line = peer._process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer ended");
            return new Point([.. line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))]);
        }

        public void Tell(int index, double value) => peer._process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tell {index} {value:R}"));
    }
}
