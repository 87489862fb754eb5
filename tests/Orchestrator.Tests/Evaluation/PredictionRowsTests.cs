using Experiments.Orchestrator.Evaluation;

namespace Experiments.Orchestrator.Tests.Evaluation;

public sealed class PredictionRowsTests
{
    private const string Head = "place,label,predicted,class1,probability1,class2,probability2\r\n";

    [Fact]
    public void Read_PlainAndQuotedFields_AreTaken()
    {
        PredictionRow[] rows = Read(Head + "/a/1.png,cat,dog,dog,0.75,cat,0.2\r\n\"/a/say \"\"hi\"\", you\n2.png\",cat,cat,cat,1E-05,dog,0\r\n");

        Assert.Equal(
            [new PredictionRow("/a/1.png", "cat", "dog", 0.75), new PredictionRow("/a/say \"hi\", you\n2.png", "cat", "cat", 1e-5)],
            rows);
        Assert.Equal([true, false], rows.Select(row => row.IsWrong));
    }

    [Fact]
    public void Read_WhatIsKeptFromBeingAFormula_IsTheName() => Assert.Equal(
        [new PredictionRow("=1+1.png", "-cat", "'dog'", 0.75)],
        Read(Head + "'=1+1.png,'-cat,'dog','dog',0.75,'-cat,0.2\r\n"));

    [Fact]
    public void Read_NoRows_IsEmpty() => Assert.Empty(Read(Head));

    [Theory]
    [InlineData("/a/1.png,cat,dog\r\n")]
    [InlineData("/a/1.png,cat,dog,dog,often,cat,0.2\r\n")]
    public void Read_SomethingElse_NamesTheRow(string row) =>
        Assert.Contains("row 2", Assert.Throws<InvalidDataException>(() => Read(Head + row)).Message, StringComparison.Ordinal);

    private static PredictionRow[] Read(string text)
    {
        using var reader = new StringReader(text);
        return [.. PredictionRows.Read(reader)];
    }
}
