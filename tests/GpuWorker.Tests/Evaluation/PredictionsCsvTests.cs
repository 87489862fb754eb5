using System.Text;
using Experiments.GpuWorker.Evaluation;

namespace Experiments.GpuWorker.Tests.Evaluation;

public class PredictionsCsvTests
{
    [Fact]
    public void Write_NamesThatASpreadsheetWouldCompute_AreMadeHarmless()
    {
        using var stream = new MemoryStream();

        PredictionsCsv.Write(stream, [new SampleOutcome(0, [1, 0], [0.75, 0.25], 0.25)], ["=1+1.png"], ["=HYPERLINK(\"http://x\")", "@b"]);

        Assert.Equal(
            "place,label,predicted,class1,probability1,class2,probability2\r\n'=1+1.png,\"'=HYPERLINK(\"\"http://x\"\")\",'@b,'@b,0.75,\"'=HYPERLINK(\"\"http://x\"\")\",0.25\r\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }
}
