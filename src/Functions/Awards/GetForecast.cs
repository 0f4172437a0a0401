using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

/// <summary>Of all certifications together.</summary>
public sealed class GetForecast(ForecastService forecasts)
{
    [Function(nameof(GetForecast)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/forecast")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var months = ForecastAnswer.MonthsOf(input.Query);
        return input.Refused(out var problem)
            ? problem
            : Answer.Ok(ForecastAnswer.Of(await forecasts.ForecastAllAsync(months, cancellationToken)));
    }
}
