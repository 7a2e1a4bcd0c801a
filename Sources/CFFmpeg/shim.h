// What Swift cannot import from FFmpeg's headers by itself: compound macros as typed constants.
#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static const int64_t FF_NOPTS_VALUE = AV_NOPTS_VALUE;
static const int FF_ERROR_EOF = AVERROR_EOF;
static const int FF_ERROR_EAGAIN = AVERROR(EAGAIN);
static const int FF_ERROR_EXIT = AVERROR_EXIT;
static const int FF_ERROR_INVALIDDATA = AVERROR_INVALIDDATA;
static const int FF_ERROR_ENOMEM = AVERROR(ENOMEM);
static const AVRational FF_TIME_BASE_Q = {1, AV_TIME_BASE};
