using Experiments.Dashboard;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Startup;

return await ServiceRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.UseLoopbackByDefault(DashboardHosting.DefaultPort);
    builder.AddDashboard();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    app.MapDashboard();
    return app;
});
