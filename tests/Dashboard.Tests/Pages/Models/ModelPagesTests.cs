using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Components.Pages.Models;

namespace Experiments.Dashboard.Tests.Pages.Models;

public sealed class ModelPagesTests : DashboardContext
{
    public ModelPagesTests() => Orchestrator.On("GET /api/models", ModelCatalog.All).On("GET /api/models/resnet18", Summary(10, 224));

    [Fact]
    public void Render_Models_LinksEachToItsPage()
    {
        IRenderedComponent<ModelsPage> page = Render<ModelsPage>();

        page.WaitForElement("table.models");
        Assert.Equal(ModelCatalog.Names.Select(name => $"models/{name}"), page.FindAll("table.models a").Select(link => link.GetAttribute("href")));
        Assert.Contains("11,181,642", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Model_ShowsItsLayersAndFigures()
    {
        IRenderedComponent<ModelPage> page = Open();

        Assert.Equal(["11,181,642", "5,130", "1.81 G", "89.9 MB"], page.FindAll(".tile dd:not(.tile-note)").Select(figure => figure.TextContent.Trim()));
        Assert.Equal(["conv1", "Conv2d", "64×112×112", "9,408", "118.01 M"], page.FindAll("table.layers tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal("only in training", page.FindAll("table.layers tbody tr")[1].QuerySelectorAll("td")[2].TextContent);
        Assert.Equal("224", page.Find("#image-size").GetAttribute("value"));
    }

    [Fact]
    public async Task Change_Classes_AsksForThatShape()
    {
        IRenderedComponent<ModelPage> page = Open();

        await page.InvokeAsync(() => page.Find("#classes").Change("3"));

        page.WaitForAssertion(() => Assert.Contains("GET /api/models/resnet18?classes=3&imageSize=224&smallInput=false", Orchestrator.Requests));
    }

    [Fact]
    public void Render_NoWorker_SaysSoAndKeepsTheForm()
    {
        Orchestrator.OnProblem(
            "GET /api/models/resnet18", HttpStatusCode.ServiceUnavailable, "No worker can answer that now.", new() { ["worker"] = ["no worker answered"] });

        IRenderedComponent<ModelPage> page = Render<ModelPage>(parameters => parameters.Add(page => page.Name, "resnet18"));

        page.WaitForAssertion(() => Assert.Contains("no worker answered", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(page.Find("#classes"));
    }

    [Fact]
    public void Render_NoSuchModel_SaysSo()
    {
        IRenderedComponent<ModelPage> page = Render<ModelPage>(parameters => parameters.Add(page => page.Name, "resnet99"));

        page.WaitForAssertion(() => Assert.Contains("There is no such model", page.Markup, StringComparison.Ordinal));
    }

    private static ModelSummary Summary(int classes, int imageSize) => new()
    {
        Name = "resnet18",
        Description = "ResNet-18 as in torchvision.",
        Classes = classes,
        ImageSize = imageSize,
        SmallInput = false,
        Layers = [new LayerView("conv1", "Conv2d", [64, 112, 112], 9408, 118_013_952), new LayerView("aux", "Linear", null, 10, null)],
        Parameters = 11_181_642,
        HeadParameters = 5130,
        MultiplyAdds = 1_813_566_464,
        ParameterBytes = 44_726_568,
        ActivationBytes = 94_266_408,
    };

    private IRenderedComponent<ModelPage> Open()
    {
        IRenderedComponent<ModelPage> page = Render<ModelPage>(parameters => parameters.Add(page => page.Name, "resnet18"));
        page.WaitForElement("table.layers");
        return page;
    }
}
