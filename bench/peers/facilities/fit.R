# survival (Debian r-cran-survival): times the same fits on the same lives; the least of three, seconds.
# usage: R --slave -f fit.R --args lives.csv entry|none
library(survival)
args <- commandArgs(trailingOnly = TRUE)
lives <- read.csv(args[1])
least <- function(fit) min(sapply(1:3, function(i) { gc(FALSE); system.time(fit())[["elapsed"]] }))
weibull <- if (args[2] == "entry") NA else
  least(function() survreg(Surv(time, failed) ~ x1 + x2 + x3 + x4 + x5, lives, dist = "weibull"))
cox <- if (args[2] == "entry")
  least(function() coxph(Surv(entry, time, failed) ~ x1 + x2 + x3 + x4 + x5, lives)) else
  least(function() coxph(Surv(time, failed) ~ x1 + x2 + x3 + x4 + x5, lives))
coefs <- if (args[2] == "entry") NA else coef(survreg(Surv(time, failed) ~ x1 + x2 + x3 + x4 + x5, lives, dist = "weibull"))[["x1"]]
coxc <- if (args[2] == "entry") coef(coxph(Surv(entry, time, failed) ~ x1 + x2 + x3 + x4 + x5, lives))[["x1"]] else
  coef(coxph(Surv(time, failed) ~ x1 + x2 + x3 + x4 + x5, lives))[["x1"]]
num <- function(x) if (is.na(x)) "null" else formatC(x, digits = 12, format = "g")
cat(sprintf('{"weibull_s":%s,"cox_s":%s,"weibull_x1":%s,"cox_x1":%s}\n', num(weibull), num(cox), num(coefs), num(coxc)))
