using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Forecasts;

public sealed class ShowCertificationForecast(CertificationService certifications, ForecastService forecasts)
{
    [Function(nameof(ShowCertificationForecast)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/forecast")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var months = ForecastAnswer.MonthsOf(input.Query);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return (await certifications.FindAsync(certificationCode, cancellationToken)).IsDone(out var certification, out var why)
            && (await forecasts.ForecastAsync(certificationCode, months, cancellationToken)).IsDone(out var forecast, out why)
            ? PageAnswer.Of<ForecastView, ForecastPage>(new ForecastPage(certification.Certification, forecast))
            : Problem.Of(why);
    }
}
