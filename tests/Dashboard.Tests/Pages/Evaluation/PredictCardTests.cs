using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Pages.Evaluation;
using Microsoft.AspNetCore.Components.Forms;

namespace Experiments.Dashboard.Tests.Pages.Evaluation;

public sealed class PredictCardTests : DashboardContext
{
    [Fact]
    public void Choose_Picture_ShowsProbabilitiesBestFirst()
    {
        Orchestrator.On("POST /api/runs/r3/predict", new PredictionView([new ClassProbability("rose", 0.871), new ClassProbability("tulip", 0.129)]));
        IRenderedComponent<PredictCard> card = Show();

        Choose(card, "flower.png", [1, 2, 3]);

        card.WaitForAssertion(() => Assert.Equal(["rose", "tulip"], card.FindAll(".prediction-name").Select(name => name.TextContent)));
        Assert.Equal(["87.1 %", "12.9 %"], card.FindAll(".meter-text").Select(text => text.TextContent));
        Assert.Equal("data:image/*;base64,AQID", card.Find(".drop img").GetAttribute("src"));
        Assert.Contains("flower.png", card.Find(".drop").TextContent, StringComparison.Ordinal);
        Assert.Contains("form-data; name=image", Orchestrator.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_UnreadableFile_SaysWhy()
    {
        Orchestrator.OnProblem(
            "POST /api/runs/r3/predict", HttpStatusCode.BadRequest, "The request is not valid.", new() { ["image"] = ["the file is cut short"] });
        IRenderedComponent<PredictCard> card = Show();

        Choose(card, "torn.jpg", [1]);

        card.WaitForAssertion(() => Assert.Contains("The file is cut short.", card.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("it is not a JPEG, PNG, BMP, WebP or GIF image", "This file is not a JPEG, PNG, BMP, WebP or GIF image.")]
    [InlineData("unsupported: CMYK", "Unsupported: CMYK.")]
    public void Of_Reason_IsASentenceAboutTheFile(string reason, string expected) => Assert.Equal(
        expected,
        FileProblem.Of(new OrchestratorException("The request is not valid.", HttpStatusCode.BadRequest, new Dictionary<string, string[]> { ["image"] = [reason] })));

    [Fact]
    public void Choose_TooLargePicture_IsNotSent()
    {
        IRenderedComponent<PredictCard> card = Show();

        Choose(card, "huge.png", new byte[(20 * 1024 * 1024) + 1]);

        card.WaitForAssertion(() => Assert.Contains("larger than 20 MB", card.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(Orchestrator.Requests);
    }

    private IRenderedComponent<PredictCard> Show() => Render<PredictCard>(parameters => parameters.Add(card => card.RunId, "r3"));

    private static void Choose(IRenderedComponent<PredictCard> card, string name, byte[] content) =>
        card.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(content, name, contentType: "image/png"));
}
