using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class GetCertificationForecast(ForecastService forecasts)
{
    [Function(nameof(GetCertificationForecast)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/certifications/{code}/forecast")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certification = input.Code(code);
        var months = ForecastAnswer.MonthsOf(input.Query);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await forecasts.ForecastAsync(certification, months, cancellationToken);
        return outcome.Answer(forecast => Answer.Ok(ForecastAnswer.Of(forecast)));
    }
}
