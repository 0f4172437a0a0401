using CertFunctions.Functions;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Pages;
using CertFunctions.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddCertFunctions(builder.Configuration);
    builder.Services.Configure<WorkerOptions>(options => options.InputConverters.RegisterAt<DeadlineToken>(0));
    builder.UseMiddleware<AnswerHeaders>();
    builder.UseMiddleware<PageOnRefusal>();
    builder.UseMiddleware<ProblemOnFailure>();
    builder.UseMiddleware<AnswerInTime>();
    builder.UseMiddleware<LetIn>();
    if (HostingEnvironment.IsDevelopment(builder.Configuration))
    {
        builder.UseMiddleware<StorageFirst>();
    }

    builder.UseMiddleware<SchemaFirst>();
    builder.UseMiddleware<LargeJobsLast>();

    var app = builder.Build();
    StartLog.Write(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("CertFunctions"), builder.Configuration);
    app.Run();
    return 0;
}
catch (StartException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
