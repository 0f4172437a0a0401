using CertFunctions.Core.Awards;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Forecasts;

/// <summary>Of all certifications together.</summary>
public sealed class ShowForecast(ForecastService forecasts)
{
    [Function(nameof(ShowForecast)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "forecast")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var months = ForecastAnswer.MonthsOf(input.Query);
        return input.Refused(out var problem)
            ? problem
            : PageAnswer.Of<ForecastView, ForecastPage>(new ForecastPage(null, await forecasts.ForecastAllAsync(months, cancellationToken)));
    }
}
