using Experiments.Dashboard;
using Experiments.ServiceDefaults;

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
