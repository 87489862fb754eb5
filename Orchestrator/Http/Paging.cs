namespace Experiments.Orchestrator.Http;

/// <summary>How much of a list is answered.</summary>
internal static class Paging
{
    public const int DefaultTake = 100;
    public const int MostTake = 10_000;
}
